// A tie: why the claims are equal, what a law may say, every result that is possible. The page never draws a lot.

import { h } from '../dom.js';
import { d, listed, many, n, nth, ordinal, size, word } from '../numbers.js';
import { chip, section } from './common.js';

/** `settle` is called with a tie-break, or nothing for an open tie, and `chosen` is the one in force. */
export function tieSection(model, chosen, settle) {
  const { ties, results, settled } = model.result;
  if (ties.length === 0 && settled.length === 0 && !chosen) return null;
  const open = ties.length > 0;
  const title = open ? 'Why it is tied, and how it can be settled' : 'The tie, and how it was settled';
  const words = open ? ties.slice(0, 6).map((tie) => h('p', {}, equal(model, tie)))
    : settled.slice(0, 6).map((one) => h('p', {}, `${listed(one.among)} had equal claims; ${listed(one.parties)} got ${one.parties.length === 1 ? 'the seat' : 'a seat each'}.`));
  const lots = ties.some((tie) => tie.parties.length === 0) ? null : ties[0];
  return section('tie', title, words, ties.length > 6 ? h('p', { class: 'note' }, `And ${many(ties.length - 6, 'more tie')}.`) : null,
    h('div', { class: 'split' }, options(model, chosen, settle, lots), open ? cards(model, results) : null));
}

/** Both claims, as they are worked out. */
function equal(model, tie) {
  const where = [tie.place ? `In ${tie.place}: ` : '', tie.tier && !/^\d+$/.test(tie.tier) ? `${tie.tier}. ` : ''].join('');
  const claims = (model.averages?.claims ?? []).filter((claim) => claim.won === null && tie.parties.includes(claim.party));
  const what = tie.seats === 1 && !tie.place && !model.several ? `the ${nth(model.result.seats)} seat` : many(tie.seats, 'seat');
  if (!tie.place && claims.length === tie.parties.length) {
    const sums = claims.map((claim) => [`${claim.party} `, claim.sum ? `${sum(claim.sum)} = ` : '', h('b', {}, d(trimmed(claim.claim)))]);
    return [`${where}${listed(tie.parties)} claim ${what} with exactly the same number: `, sums.flatMap((one, at) => (at > 0 ? [', ', ...one] : one)), '. This is exact, not rounded.'];
  }
  const shares = (model.quotas?.shares ?? []).filter((share) => share.tied && tie.parties.includes(share.party));
  if (!tie.place && shares.length === tie.parties.length) {
    return [`${where}${listed(tie.parties)} have exactly as many votes left over, `, h('b', {}, d(shares[0].left_over)), ` each, and claim ${what}. This is exact, not rounded.`];
  }
  return `${where}${listed(tie.parties)} have exactly equal claims to ${what}.`;
}

const trimmed = (claim) => claim.replace(/\.00$/, '');
const sum = (text) => text.split(' / ').map(d).join(' ÷ ');

function options(model, chosen, settle, tie) {
  const kind = chosen === null ? 'open' : typeof chosen === 'string' ? chosen : 'drawn';
  const arrow = (winners) => (winners?.length > 0 ? ` → ${listed(winners)}` : '');
  const option = (value, title, more, note, extra = null) => h('label', { class: 'opt' },
    h('input', { type: 'radio', name: 'tie', value, checked: kind === value, onchange: () => choose(value) }), h('b', {}, title), more, h('span', { class: 'note' }, note), extra);
  const tied = tie ?? { parties: model.result.settled[0]?.among ?? [], seats: model.result.settled[0]?.parties.length ?? 1 };
  const drawn = kind === 'drawn' ? chosen.drawn : [];
  const lists = Array.from({ length: Math.min(size(tied.seats), 6) }, (_, at) => h('select', { 'aria-label': `Winner of the ${ordinal(at + 1)} lot`, onchange: () => choose('drawn') },
    h('option', { value: '' }, 'Who won it?'), tied.parties.map((name) => h('option', { value: name, selected: drawn[at] === name }, name))));
  function choose(value) {
    if (value === 'open') return settle(null);
    if (value !== 'drawn') return settle(value);
    const names = [...new Set(lists.map((list) => list.value).filter(Boolean))];
    if (names.length > 0) return settle({ drawn: names, tier: tie?.tier ?? chosen?.tier ?? null, place: tie?.place ?? chosen?.place ?? null });
    lists[0]?.focus();
    return undefined;
  }
  return h('fieldset', {}, h('legend', {}, 'What does your law say?'),
    option('open', 'Leave it open', '', 'The default. Nothing is decided here by itself.'),
    option('most-votes', 'The party with more votes', arrow(tie?.most_votes), 'As in Luxembourg.'),
    option('fewest-votes', 'The party with fewer votes', arrow(tie?.fewest_votes), 'As in Portugal.'),
    lists.length > 0 ? option('drawn', 'A lot was drawn', '', 'Enter who won it. This page never draws a lot.', lists) : null);
}

function cards(model, results) {
  if (results.listed.length === 0) return null;
  const needed = model.result.majority?.needed ?? Math.floor(size(model.result.seats) / 2) + 1;
  const all = results.count === null ? null : BigInt(results.count);
  const card = (listedSeats) => {
    const won = listedSeats.filter((party) => size(party.seats) > 0).sort((a, b) => size(b.seats) - size(a.seats));
    const total = won.reduce((sum_, party) => sum_ + size(party.seats), 0);
    const leader = won.find((party) => size(party.seats) >= size(needed));
    const moved = (party) => String(party.seats) !== String(model.party(party.name)?.seats);
    return h('div', { class: 'card' }, total > 60 ? null : h('div', { class: 'pips', 'aria-hidden': 'true' }, won.map((party) => Array.from({ length: size(party.seats) }, () => chip(model, party.name)))),
      h('p', {}, won.slice(0, 8).flatMap((party, at) => [at > 0 ? ', ' : '', moved(party) ? h('b', {}, `${party.name} ${n(party.seats)}`) : `${party.name} ${n(party.seats)}`])),
      model.result.majority || model.result.places.length === 0 ? h('p', { class: 'note' }, leader ? `${leader.name} has a majority of these seats` : 'Nobody has a majority of these seats') : null);
  };
  const more = all !== null && all > BigInt(results.listed.length) ? `And ${n((all - BigInt(results.listed.length)).toString())} more.` : results.complete ? null : 'There are more that were not followed.';
  return h('div', {}, h('h3', {}, all === null ? 'Possible results' : `The ${size(all) <= 12 ? word(Number(all)) : n(all.toString())} possible results`),
    h('div', { class: 'cards' }, results.listed.map(card)), more ? h('p', { class: 'note' }, more) : null);
}
