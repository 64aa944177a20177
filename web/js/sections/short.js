// In short: what people ask, each answered in a line, with the way to the section that says more.

import { h } from '../dom.js';
import { capital, listed, many, n, percent, size, word } from '../numbers.js';
import { tieBreakOf } from '../draft.js';
import { closestWords } from './close.js';
import { section } from './common.js';
import { addsUp } from './seats.js';

const WAITING = 'Working it out …';

export function shortSection(model) {
  const rows = { out: out(model), line: withoutLine(model), dhondt: byDhondt(model), govern: govern(model), closest: closest(model), tie: tie(model), official: official(model), check: check(model) };
  const told = Object.entries(rows).filter(([, row]) => row);
  const isThere = (id) => id && (id !== 'why' || model.result.ties.length === 0) && (id !== 'govern' || addsUp(model));
  return section('short', 'In short', h('dl', { class: 'short' }, told.map(([asked, [question, answer, id, more, folded]]) => h('div', { id: `short-${asked}` }, h('dt', {}, question),
    h('dd', {}, answer, isThere(id) ? [' ', h('a', { href: `#${id}-title`, onclick: jump }, more)] : null, folded)))));
}

function jump(event) {
  event.preventDefault();
  const title = document.getElementById(event.currentTarget.getAttribute('href').slice(1));
  title?.scrollIntoView();
  title?.focus({ preventScroll: true });
}

/** The party nearest to the line from below, otherwise the largest without a seat; the others behind a fold. */
function out(model) {
  const below = model.below.filter((party) => party.line.short !== null && (!party.admitted || size(party.seats) === 0));
  const [near, ...others] = below.sort((a, b) => size(a.line.short) - size(b.line.short));
  if (near) {
    const share = `${percent(near.share)} of the votes is below the line of ${lineWords(near)}: `;
    return [size(near.seats) > 0 ? `Why no more seats for ${near.name}?` : `Why is ${near.name} out?`,
      [share, h('b', {}, many(near.line.short, 'vote')), ' short.'], 'why', 'Reasons', nextOf(others)];
  }
  const [first] = [...model.outside].sort((a, b) => size(b.votes) - size(a.votes));
  if (!first) return null;
  const gain = model.margin(first.name)?.gain;
  const short = gain?.votes ? [h('b', {}, many(gain.votes, 'vote')), ' more would have brought its first seat.'] : model.margins ? 'its votes were too few for a seat.' : WAITING;
  return [`Why is ${first.name} out?`, [`${many(first.votes, 'vote')}, ${percent(first.share)}; `, short], 'why', 'Reasons'];
}

const lineWords = (party) => (party.line.line ? percent(party.line.line.replace('%', '')) : `${n(party.line.needed)} votes`);

/** How many votes the other parties below the line are short. */
function nextOf(others) {
  if (others.length === 0) return null;
  const summary = `${capital(word(others.length))} more ${others.length === 1 ? 'party is' : 'parties are'} below it`;
  return h('details', { class: 'others' }, h('summary', {}, summary), h('ul', {}, others.map((party) => h('li', {}, `${party.name}: ${percent(party.share)}, ${many(party.line.short, 'vote')} short`))));
}

const column = (model, matches) => model.comparison?.columns.find(matches);

/** The seats of a column that differ: "Nur Otan 79 instead of 83". */
function differing(model, found) {
  if (found.error) return `No answer: ${found.error.message}.`;
  const range = (party) => (String(party.seats) === String(party.most ?? party.seats) ? n(party.seats) : `${n(party.seats)} to ${n(party.most)}`);
  const changed = model.parties.map((party) => [party, found.parties.find(({ name }) => name === party.name)])
    .filter(([party, other]) => other && (String(other.seats) !== String(party.seats) || String(other.most) !== String(party.most)));
  if (changed.length === 0) return 'The same seats.';
  const shown = changed.slice(0, 4).map(([party, other]) => `${model.short(party.name)} ${range(other)} instead of ${size(party.most ?? party.seats) === 0 ? 'none' : range(party)}`);
  return `${listed(changed.length > 4 ? [...shown, `${word(changed.length - 4)} more ${changed.length === 5 ? 'change' : 'changes'}`] : shown)}.`;
}

function withoutLine(model) {
  if (model.below.length === 0) return null;
  const found = column(model, (one) => /without a threshold/.test(one.name));
  if (model.comparison && !found) return null;
  return ['What if there were no line?', found ? differing(model, found) : model.comparisonFailed ?? WAITING, 'other', 'Methods'];
}

function byDhondt(model) {
  const found = column(model, (one) => /D.Hondt/.test(one.name));
  if (model.comparison && !found) return null;
  return ['And by D’Hondt?', found ? differing(model, found) : model.comparisonFailed ?? WAITING, 'other', 'Methods'];
}

/** Who has a majority alone, or the fewest parties that have one together. */
function govern(model) {
  const { majority } = model.result;
  if (!majority || model.isTied || model.inHouse.length === 0) return null;
  const question = 'Who could govern?';
  const whole = `${n(majority.needed)} of ${n(majority.house)} are a majority`;
  let sum = 0n;
  const names = [];
  for (const party of model.inHouse) {
    sum += BigInt(party.seats);
    names.push(party.name);
    if (sum < BigInt(majority.needed)) continue;
    const answer = names.length === 1 ? `${names[0]} alone: ${n(sum.toString())} seats; ${whole}.`
      : `No party alone: ${whole}. It takes ${word(names.length)} at least, such as ${listed(names)} with ${n(sum.toString())}.`;
    return [question, answer, 'govern', 'Add seats up'];
  }
  return [question, `Not these parties alone: ${whole}, and they have ${n(sum.toString())}.`, null, null];
}

function closest(model) {
  const question = 'Where was it closest?';
  const place = model.lastSeats?.find((margin) => margin?.votes && margin.gains.length > 0);
  if (place) {
    const loser = place.losses[0]?.name;
    return [question, [`In ${place.place}: `, h('b', {}, many(place.votes, 'vote')), ` more for ${place.gains[0].name} would have brought it ${loser ? `a seat of ${loser}` : 'a seat'} there.`], 'places', 'Districts'];
  }
  const found = closestWords(model);
  if (found) return [question, [h('b', {}, found.figure), ` ${found.words}`], 'close', 'How close'];
  return model.margins || model.result.ties.length > 0 ? null : [question, WAITING, 'close', 'How close'];
}

const SAYS = { 'most-votes': 'the party with more votes has the seat', 'fewest-votes': 'the party with fewer votes has the seat', 'list-order': 'the party that stands first has the seat' };

function tie(model) {
  const chosen = tieBreakOf(model.document);
  const rule = chosen === null ? 'the seat stays open until a lot or a rule decides; no lot is drawn here' : typeof chosen === 'string' ? SAYS[chosen] ?? chosen : 'a lot decides, which was drawn elsewhere';
  if (model.result.ties.length > 0) return ['What happens at the tie?', `${capital(rule)}.`, 'tie', 'The tie'];
  return ['What happens at a tie?', `${model.result.settled.length > 0 ? 'There was one' : 'There is none'}; at equal claims ${rule}.`, null, null];
}

/** What is official stands above as a fact; here only that nothing does. */
const official = (model) => (model.result.recorded === null ? ['Is it official?', 'The document has no official seats to compare with.', null, null] : null);

const CHECKED = { correct: 'Yes. A second check, claim against claim, finds no other correct result.', tied: 'Yes. A second check confirms these seats and the tie.' };

const check = (model) => (CHECKED[model.result.verified] ? ['May I check it?', CHECKED[model.result.verified], 'data', 'Votes and law'] : null);
