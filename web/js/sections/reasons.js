// Why: the law in a few sentences, what was left over, a paragraph a party, and every step for who wants it.

import { h } from '../dom.js';
import { capital, d, listed, localised, many, n, ordinal, percent, size, word } from '../numbers.js';
import { seats } from '../model.js';
import { chip, section } from './common.js';
import { happens } from './close.js';

const FIRST = 4;

export function whySection(model, steps) {
  if (model.result.ties.length > 0) return null;
  return section('why', 'Why these seats?', introduction(model), leftOver(model), h('div', { id: 'reasons' }, reasons(model)), details(model, steps));
}

/** The law: with the price of a seat where there is one, otherwise in the library's words, tier by tier. */
function introduction(model) {
  const { quotas, averages, result, line } = model;
  if (model.several || result.places.length > 0 || (!quotas && !averages)) {
    const [only, ...more] = result.law;
    if (more.length === 0) return h('p', {}, localised(only, model.names));
    const text = (words, at) => capital(localised(words.replace(/^\s*(\d+\.|-)\s*/, ''), model.names)) || `Step ${at + 1}`;
    return [h('p', {}, `Seats are given in ${word(result.law.length)} steps.`),
      h('div', { class: 'cards' }, result.law.map((words, at) => h('div', { class: 'card' }, h('div', { class: 'note' }, `Step ${at + 1}`), h('p', {}, text(words, at)))))];
  }
  const who = line ? `Only parties with ${percent(line.replace('%', ''))} of the ${result.whole.of} share the seats. ` : '';
  if (quotas) {
    const full = quotas.shares.length <= 6 ? `: ${listed(byVotes(model, quotas).map((share) => n(share.full)))}` : '';
    const left = Number(quotas.left);
    const rest = left > 0 ? `The ${left === 1 ? 'seat' : `${word(left)} seats`} left ${left === 1 ? 'goes' : 'go'} to the largest remainders.`
      : left === 0 ? 'No seat is left over.' : 'These are more than there are, so the smallest remainders give some back.';
    return h('p', {}, who, `${who ? 'Their' : 'All'} ${d(quotas.votes)} votes, divided by ${n(quotas.divisor)}${quotas.rounded ? ' and rounded' : ''}, make `,
      h('b', {}, `${d(quotas.cost)} votes the price of a seat`), ` (the ${quotas.name}). Each party first gets the seats it can pay in full${full}. ${rest}`);
  }
  const range = averages.round ? ` With ${d(averages.round)} votes a seat, every party has its seats by rounding alone.` : '';
  return h('p', {}, who, `Each party’s votes are divided by a row of numbers, and the ${n(averages.seats)} largest results are the seats (${averages.divisors}).${range}`);
}

const byVotes = (model, quotas) => [...quotas.shares].sort((a, b) => model.names.indexOf(a.party) - model.names.indexOf(b.party));
const number = (text) => Number(text.replaceAll(',', '').replace('−', '-'));

/** What is left of each party's votes after full seats, as a part of one seat. */
function leftOver(model) {
  const { quotas } = model;
  if (!quotas || model.several || quotas.shares.length < 2) return null;
  const cost = number(quotas.cost);
  const shown = quotas.shares.slice(0, 12);
  const takers = quotas.shares.filter((share) => size(share.seats) > size(share.full));
  const [last, next] = [takers.at(-1), quotas.shares.find((share) => String(share.seats) === String(share.full))];
  const cut = last && next ? (number(last.left_over) + number(next.left_over)) / 2 : null;
  const row = (share) => {
    const more = size(share.seats) - size(share.full);
    const won = more > 0;
    const says = share.tied ? 'tied' : won ? `+${more} seat` : more < 0 ? '−1 seat' : 'no more';
    return h('li', {},
      h('div', {}, h('div', { class: 'line' }, share.party, h('small', {}, `${n(share.full)} full + ${d(share.left_over)} votes left`)),
        h('div', { class: 'track full', 'aria-hidden': 'true' },
          h('div', { class: `fill ${won ? '' : 'hollow'}`, style: { ...model.style(share.party), width: `${Math.max(0, Math.min(100, (100 * number(share.left_over)) / cost))}%` } }),
          cut === null ? null : h('div', { class: 'need', style: { left: `${Math.min(100, (100 * cut) / cost)}%` } }))),
      h('div', { class: `end ${won ? 'up' : ''}` }, says));
  };
  return h('figure', {}, h('figcaption', { class: 'vh' }, 'What is left after full seats'),
    h('p', { class: 'note' }, `What is left after full seats, as a part of one seat (${d(quotas.cost)} votes).`), h('ul', { class: 'rows' }, shown.map(row)));
}

/** The parties that a page tells first: who won the last seat, who missed it, who is nearest the line, the largest. */
function chosen(model) {
  const picked = [];
  const pick = (name) => { if (name && model.party(name) && !picked.includes(name)) picked.push(name); };
  const { quotas, averages } = model;
  if (quotas && !model.several) {
    pick(quotas.shares.filter((share) => size(share.seats) > size(share.full)).at(-1)?.party);
    pick(quotas.shares.find((share) => String(share.seats) === String(share.full))?.party);
  }
  pick((averages?.nearest ?? averages?.next)?.party);
  pick(averages?.last?.party);
  const near = model.parties.filter((party) => party.line && (party.line.spare ?? party.line.short) !== null);
  near.sort((a, b) => size(a.line.spare ?? a.line.short) - size(b.line.spare ?? b.line.short));
  pick(near[0]?.name);
  pick(model.parties[0]?.name);
  for (const party of model.parties) if (picked.length < FIRST) pick(party.name);
  return picked.slice(0, FIRST);
}

export function reasons(model) {
  const first = new Set(chosen(model));
  const told = model.parties.filter((party) => first.has(party.name));
  const rest = model.parties.filter((party) => !first.has(party.name));
  // Of very many parties outside, what is alike is said once.
  const [single, together] = rest.length > 30 ? [rest.filter((party) => size(party.seats) > 0), rest.filter((party) => size(party.seats) === 0)] : [rest, []];
  const button = rest.length === 0 ? null : h('p', { class: 'noprint' }, h('button', {
    type: 'button', 'aria-expanded': 'false', 'aria-controls': 'more-reasons',
    onclick: (event) => {
      more.hidden = false;
      event.currentTarget.setAttribute('aria-expanded', 'true');
      event.currentTarget.parentElement.hidden = true;
      more.querySelector('h3')?.focus();
    },
  }, `Show all ${word(model.parties.length)} parties`));
  const more = h('div', { id: 'more-reasons', hidden: true }, single.map((party) => reason(model, party)),
    together.length > 0 ? h('p', { class: 'note' }, `${n(together.length)} more parties have no seat; together ${n(model.votesOf(together))} votes.`) : null);
  return [told.map((party) => reason(model, party)), button, rest.length > 0 ? more : null];
}

function reason(model, party) {
  const paragraphs = [admission(model, party), atOnce(model, party), edge(model, party), round(model, party)];
  return h('div', { class: 'why' },
    h('div', {}, h('h3', { tabindex: '-1' }, chip(model, party.name), party.name), h('div', { class: 'seats' }, seats(party) === 'none' ? 'no seats' : `${seats(party)} ${size(party.seats) === 1 ? 'seat' : 'seats'}`)),
    h('div', {}, paragraphs));
}

/** In or out, and by how much. */
function admission(model, party) {
  const { line } = party;
  const share = `${percent(party.share)} of the votes`;
  const what = line?.line ? percent(line.line.replace('%', '')) : line ? `${n(line.needed)} votes` : null;
  if (line?.met) {
    const close = line.spare !== null && size(line.spare) < size(party.votes) / 2;
    return h('p', {}, h('b', {}, 'Takes part: '), close ? `${share}, with ${many(line.spare, 'vote')} to spare above the line of ${what}.` : `${share}; ${what} ${line.line ? 'are' : 'is'} needed.`);
  }
  if (line) {
    const short = line.short === null ? '' : ` With ${many(line.short, 'more vote', 'more votes')} it would have reached the line.`;
    const needed = line.line ? ` (${n(line.needed)} votes)` : '';
    if (party.admitted) return h('p', {}, h('b', {}, 'Let in '), `although it has ${share}, as too few others passed the line of ${what}${needed}.`);
    const partly = size(party.seats) > 0;
    return h('p', {}, h('b', {}, partly ? 'Below the line: ' : 'Left out: '), `${share} is below the line of ${what}${needed}.${short}`);
  }
  if (party.admitted) return model.line || model.several ? null : h('p', {}, `${share}.`);
  return h('p', {}, h('b', {}, 'Left out: '), `${localised(party.reason ?? 'it takes no part', model.names)}.`);
}

/** What it won at once, and its last seat. */
function atOnce(model, party) {
  if (model.several && size(party.seats) > 0) {
    const parts = model.result.tiers.map((tier, at) => `${party.tiers[at] === 0 ? 'none' : n(party.tiers[at])} by ${/^\d+$/.test(tier.name) ? `step ${at + 1}` : tier.name}`);
    return h('p', {}, h('b', {}, `${capital(parts.join(', '))}.`));
  }
  const share = model.quotas?.shares.find((one) => one.party === party.name);
  if (!share || model.several) return null;
  const rank = (at) => (at === 1 ? 'largest' : at === model.quotas.shares.length && at > 2 ? 'smallest' : `${ordinal(at)} largest`);
  const left = Number(model.quotas.left);
  const won = size(share.seats) > size(share.full);
  const what = left === 0 ? '' : won ? `, and the ${rank(share.rank)} remainder: one of the ${left === 1 ? 'last seat' : `${word(left)} seats left over`}.`.replace('one of the last seat', 'the last seat')
    : `, and the ${rank(share.rank)} remainder: nothing more.`;
  return h('p', {}, h('b', {}, `${many(share.full, 'full seat')}`), what || '.');
}

/** Whether it took the last seat of all, or missed it. */
function edge(model, party) {
  const { last, next, nearest } = model.averages ?? {};
  const missed = [nearest, next].find((claim) => claim?.party === party.name && claim.votes_short !== null);
  if (missed) return h('p', {}, `Missed its ${ordinal(missed.seat)} seat by `, h('b', {}, many(missed.votes_short, 'vote')), '.');
  return last?.party === party.name ? h('p', {}, `Its ${ordinal(last.seat)} is the last seat of all.`) : null;
}

/** Votes lost until a seat goes, votes needed for the next. */
function round(model, party) {
  const margin = model.margin(party.name);
  if (!margin) return model.margins ? null : h('p', { class: 'note' }, 'Working out how close it was …');
  const { gain, loss } = margin;
  const at = (found) => (found.place ? ` in ${found.place}` : '');
  const most = (found) => (found.proven ? '' : 'at most ');
  const parts = [];
  if (loss?.votes) parts.push(h('b', {}, 'Last seat: '), `${most(loss)}${many(loss.votes, 'voter')} fewer${at(loss)}, and ${happens(model, loss, party.name)}. `);
  if (gain?.votes) {
    const simple = gain.entering.length + gain.leaving.length === 0 && gain.gains.length === 1 && gain.losses.length === 1;
    parts.push(h('b', {}, 'Next seat: '), `${most(gain)}${many(gain.votes, 'more vote')}${at(gain)}${simple ? `, at the cost of ${gain.losses[0].name}` : `, and ${happens(model, gain, party.name)}`}.`);
  }
  if (gain === null) parts.push(h('b', {}, 'Next seat: '), 'no number of votes brings one.');
  return parts.length > 0 ? h('p', { class: 'note' }, parts) : null;
}

/** Every step in the library's words, worked out when it is opened. */
function details(model, steps) {
  const body = h('div');
  return h('details', { class: 'steps', ontoggle: (event) => { if (event.currentTarget.open && !body.firstChild) body.append(...told(model, steps())); } },
    h('summary', {}, 'Every step, with its numbers'), body);
}

/** Steps as sentences and tables. */
export function told(model, steps) {
  if (steps.length === 0) return [h('p', { class: 'note' }, 'There are no steps to show.')];
  return steps.map((step) => h('div', {},
    h('h3', {}, [step.tier && !/^\d+$/.test(step.tier) ? capital(step.tier) : null, step.place].filter(Boolean).join(', ')),
    step.sentences.map((sentence) => h('p', {}, localised(sentence, model.names))),
    step.tables.map((table) => h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': table.title },
      h('table', {}, h('caption', {}, table.title), h('thead', {}, h('tr', {}, table.headings.map((heading) => h('th', { scope: 'col' }, heading)))),
        h('tbody', {}, table.rows.map((cells) => h('tr', {}, cells.map((cell, at) => (at === 0 ? h('th', { scope: 'row' }, cell) : h('td', {}, localised(cell, model.names))))))))))));
}

/** The last seats: claims in their order, with a line after the last one that is a seat. */
export function lastSection(model) {
  const { averages } = model;
  if (!averages || averages.claims.length < 2 || model.result.ties.length > 0) return null;
  const won = averages.claims.filter((claim) => claim.won).length;
  const row = (claim, at) => h('tr', { class: at === won ? 'cut' : null },
    h('th', { scope: 'row' }, h('span', { class: 'name' }, claim.won ? chip(model, claim.party) : h('span', { class: 'chip none', 'aria-hidden': 'true' }), claim.party)),
    h('td', {}, ordinal(claim.seat)), h('td', {}, d(claim.claim)),
    h('td', {}, claim.won ? (at === won - 1 ? 'the last seat' : 'seat') : claim.votes_short === null ? 'no seat' : h(at === won ? 'b' : 'span', {}, `${n(claim.votes_short)} short`)));
  const { last, nearest } = averages;
  const reading = nearest && last && nearest.votes_short !== null
    ? `How to read it: ${nearest.party}’s claim to its ${ordinal(nearest.seat)} seat is ${d(nearest.claim)}, just below the last seat’s ${d(last.claim)}. With ${many(nearest.votes_short, 'vote')} more it would have been above.` : null;
  return section('last', 'The last seats', h('p', {}, 'Claims in their order: a party’s votes divided by the number for that seat. Above the line a claim is a seat.'),
    h('figure', { class: 'rows' }, h('table', {}, h('caption', { class: 'vh' }, 'The last seats and the next in line'),
      h('thead', {}, h('tr', {}, ['Party', 'Party’s seat', 'Claim', 'Votes'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, averages.claims.map(row)))),
    reading ? h('p', { class: 'note' }, reading) : null);
}
