// Who won: the headline, one more sentence, and facts as pills.

import { h } from '../dom.js';
import { capital, d, date, is, listed, many, n, nth, size, word } from '../numbers.js';
import { seats, seatsWord } from '../model.js';

/** The result in at most a dozen words. */
export function headline(model) {
  const { result, inHouse } = model;
  const house = n(result.seats);
  const tied = tiedSentence(model);
  if (tied) return tied;
  if (inHouse.length === 0) return `Nobody has any of the ${many(result.seats, 'seat')}`;
  const [first] = inHouse;
  const needed = result.majority?.needed;
  const kind = partOfHouse(model) ? 'list seats' : 'seats';
  const wins = needed ? size(first.seats) >= size(needed) : 2 * size(first.seats) > size(result.seats);
  if (is(first.seats, result.seats)) return `${first.name} takes all ${house} ${kind}`;
  if (wins) return `${first.name} takes ${n(first.seats)} of the ${house} ${kind}`;
  const equal = inHouse.filter((party) => is(party.seats, first.seats)).map((party) => party.name);
  const largest = equal.length === 1
    ? `${first.name} is the largest party with ${many(first.seats, 'seat')}`
    : `${listed(equal)} are the largest parties with ${many(first.seats, 'seat')} each`;
  return needed ? `${largest}; nobody has the majority of ${n(needed)}` : `${largest} of ${house}`;
}

const partOfHouse = (model) => model.result.majority && size(model.result.majority.house) > size(model.result.seats);

function tiedSentence(model) {
  const { ties, seats: house } = model.result;
  const open = model.open;
  if (open === 0n) return null;
  const number = capital(word(Number(open)));
  const verb = open === 1n ? 'is' : 'are';
  const only = ties.length === 1 && ties[0].places.length === 0 ? ties[0] : null;
  const place = only?.place ? ` in ${only.place}` : '';
  const between = only && only.parties.length <= 4 ? ` between ${listed(only.parties)}${place}` : '';
  return `${number} of the ${size(house) <= 12 ? word(house) : n(house)} seats ${verb} tied${between}`;
}

/** What stands below the headline. */
export function lede(model) {
  const { result, inHouse, below } = model;
  const sentences = [];
  if (model.open > 0n) {
    const certain = inHouse.filter((party) => size(party.seats) > 0).slice(0, 6);
    const names = certain.map((party) => `${party.name} ${n(party.seats)}`).join(', ');
    const sure = BigInt(result.seats) - model.open - BigInt(result.vacant);
    if (certain.length > 0) sentences.push(`${capital(word(Number(sure)))} ${seatsWord(sure)} ${sure === 1n ? 'is' : 'are'} certain: ${names}.`);
    sentences.push(`The votes alone do not decide the ${model.open === 1n ? nth(result.seats) : 'others'}.`);
  } else if (inHouse.length > 1 && inHouse.length <= 4) {
    const [, second, ...rest] = inHouse;
    const others = [`${second.name} has ${n(second.seats)}`, ...rest.map((party) => `${party.name} ${n(party.seats)}`)];
    sentences.push(`${listed(others)}.`);
  } else {
    sentences.push(...lastSeat(model));
  }
  const without = below.filter((party) => size(party.seats) === 0);
  if (model.line && without.length > 0 && !model.several) {
    const have = without.length === 1 ? 'has' : 'have';
    sentences.push(`${capital(word(without.length))} ${without.length === 1 ? 'party' : 'parties'} stayed below ${d(model.line.replace('%', ''))}% of the votes and ${have} none.`);
  }
  if (partOfHouse(model)) {
    const others = BigInt(result.majority.house) - BigInt(result.seats);
    sentences.push(`${capital(word(Number(others)))} more ${others === 1n ? 'deputy is' : 'deputies are'} not elected by lists.`);
  }
  if (size(result.vacant) > 0) sentences.push(`${capital(many(result.vacant, 'seat'))} ${is(result.vacant, 1) ? 'stays' : 'stay'} empty.`);
  return sentences.join(' ');
}

/** Who took the last seat, and who missed it by how many votes. */
function lastSeat(model) {
  const averages = model.averages;
  if (!averages?.last) return [];
  const sentences = [`The last of the ${n(model.result.seats)} seats went to ${averages.last.party}.`];
  const nearest = averages.nearest ?? averages.next;
  if (nearest?.votes_short) sentences.push(`${nearest.party} missed it by ${many(nearest.votes_short, 'vote')}.`);
  return sentences;
}

/** Facts: the record, ties, the closest call. */
export function facts(model) {
  const { result } = model;
  const pills = [];
  if (result.recorded === true) pills.push(h('li', { class: 'ok' }, '✓ Same seats as the official result'));
  if (result.recorded === false) pills.push(h('li', { class: 'no' }, `✗ ${differs(result)}`));
  if (model.isTied) {
    if (model.open > 0n) pills.push(h('li', { class: 'wait' }, `! ${many(model.open.toString(), 'seat')} open`));
    if (result.results.count) pills.push(h('li', {}, `${many(result.results.count, 'possible result')}`));
  } else if (result.settled.length === 0) {
    pills.push(h('li', {}, 'No tie'));
  }
  for (const settled of result.settled.slice(0, 3)) {
    pills.push(h('li', {}, `Tie settled by ${by(settled.by)}: ${listed(settled.parties)}`));
  }
  const [place] = (model.lastSeats ?? []).filter((margin) => margin?.votes);
  if (place) {
    pills.push(h('li', {}, `Closest ${result.places.find(({ name }) => name === place.place)?.level ?? 'place'}: ${place.place}, ${many(place.votes, 'vote')}`));
  } else if (model.margins?.closest?.votes && !model.isTied) {
    const { votes, proven } = model.margins.closest;
    pills.push(h('li', {}, `Closest seat: ${proven ? '' : 'at most '}${many(votes, 'vote')}`));
  }
  return h('ul', { class: 'facts', id: 'facts' }, pills);
}

/** How a tie was settled, in a word or two. */
const by = (words) => (/drawn|lot/.test(words) ? 'lot' : words);

function differs(result) {
  const shown = result.differences.filter((one) => one.place === null).slice(0, 2);
  if (shown.length === 0) return `Differs from the official result in ${many(result.differences.length, 'place')}`;
  return `Differs from the official result: ${shown.map((one) => `${one.name} ${n(one.seats ?? 0)}, officially ${n(one.recorded)}`).join('; ')}`;
}

/** The top of the page. */
export function head(model) {
  const { name, date: when } = model.document;
  const kick = [name, when ? date(when) : `${many(model.result.seats, 'seat')}, ${model.result.method.join(', then ')}`].filter(Boolean).join(' · ');
  return h('section', { class: 'head', 'aria-labelledby': 'result' },
    h('p', { class: 'kick' }, kick),
    h('h1', { id: 'result', tabindex: '-1', class: headline(model).length > 44 ? 'wide' : null }, headline(model).replace(/(\d) (list )?(seats?)\b/g, (_, digit, list, word_) => `${digit}\u00a0${list ? 'list\u00a0' : ''}${word_}`)),
    h('p', { class: 'lede' }, lede(model)),
    facts(model),
    model.result.warnings.filter((warning) => !/tie/i.test(warning)).map((warning) => h('p', { class: 'warnbox' }, `${warning}.`)));
}

/** What is announced. */
export const announcement = (model) => `${headline(model)}. ${model.inHouse.slice(0, 8).map((party) => `${party.name} ${seats(party)}`).join(', ')}.`;
