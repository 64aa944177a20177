// How many, and is it fair: picture, table, who could form a majority, shares beside each other.

import { h, put } from '../dom.js';
import { capital, d, listed, many, n, percent, size, word } from '../numbers.js';
import { points, seats, seatsWord } from '../model.js';
import { seatPicture } from '../hemicycle.js';
import { chip, nameCell, section } from './common.js';

const FOLDED = 8;

/** The picture from left to right, tied seats between those that claim them. */
export function picture(model) {
  const { result } = model;
  const groups = [];
  let ties = result.ties.filter((tie) => tie.places.length === 0 && tie.parties.length > 0);
  for (const party of model.fromLeft()) {
    if (size(party.seats) > 0) groups.push({ name: party.name, short: party.short, seats: party.seats, style: model.style(party.name) });
    const here = ties.filter((tie) => tie.parties.includes(party.name));
    ties = ties.filter((tie) => !here.includes(tie));
    for (const tie of here) groups.push({ name: `tied: ${listed(tie.parties)}`, seats: tie.seats, style: {}, open: true });
  }
  const shown = groups.reduce((sum, group) => sum + BigInt(group.seats), 0n);
  const rest = BigInt(result.seats) - shown;
  if (rest > 0n) groups.push({ name: 'open', seats: rest.toString(), style: {}, open: true });
  if (groups.length === 0) return null;
  const ordered = model.inHouse.some((party) => party.order !== null);
  const majority = result.majority;
  const part = majority && size(majority.house) > size(result.seats);
  const words = groups.map((group) => `${group.name} ${n(group.seats)}`).join(', ');
  const sentence = `${n(result.seats)} ${seatsWord(result.seats)}${ordered ? ' from left to right' : ''}: ${words}.${majority && !part ? ` A majority is ${n(majority.needed)}.` : ''}`;
  const house = { seats: result.seats, majority: majority && !part ? majority.needed : null, of: part ? `of ${n(majority.house)} deputies` : null };
  return seatPicture(groups, house, sentence);
}

export function seatTable(model) {
  const { result, several } = model;
  const tiers = several ? result.tiers : [];
  // Shares of seats that are open say nothing; the votes do, on a phone too.
  const ofSeats = !several && !model.isTied;
  const last = model.isTied && !several ? null : 'wideonly';
  const head = [h('th', { scope: 'col' }, 'Party'), h('th', { scope: 'col' }, 'Seats'),
    tiers.map((tier, at) => h('th', { scope: 'col', class: at < tiers.length - 1 ? 'wideonly' : null }, tierName(tier, at))),
    ofSeats ? h('th', { scope: 'col' }, 'Share of seats') : null,
    h('th', { scope: 'col' }, 'Share of votes'),
    h('th', { scope: 'col', class: last }, several ? 'Seats minus votes, pts' : 'Votes')];
  const row = (party) => {
    const none = size(party.most ?? party.seats) === 0;
    const below = !none && party.line && !party.line.met ? `below ${party.line.line ? percent(party.line.line.replace('%', '')) : n(party.line.needed)}` : null;
    return h('tr', { class: none ? 'out' : null }, nameCell(model, party, below),
      h('td', { class: none ? null : 'big' }, seats(party)),
      tiers.map((tier, at) => h('td', { class: at < tiers.length - 1 ? 'wideonly' : null }, party.tiers[at] === 0 ? (none ? '' : '–') : n(party.tiers[at]))),
      ofSeats ? h('td', {}, none ? '' : percent(party.share_of_seats)) : null,
      h('td', {}, percent(party.share)),
      h('td', { class: last }, several ? d(party.difference ?? '') : n(party.votes)));
  };
  const [shown, folded] = model.outside.length > FOLDED ? [model.inHouse, model.outside] : [model.parties, []];
  const others = folded.length === 0 ? null : h('tr', { class: 'out' },
    h('th', { scope: 'row' }, h('span', { class: 'name' }, h('span', { class: 'chip none', 'aria-hidden': 'true' }), `${n(folded.length)} other parties`)),
    h('td', {}, 'none'), tiers.map((tier, at) => h('td', { class: at < tiers.length - 1 ? 'wideonly' : null })), ofSeats ? h('td') : null,
    h('td', {}, percent(model.share(model.votesOf(folded)))), h('td', { class: last }, several ? '' : n(model.votesOf(folded))));
  const all = model.votesOf(model.parties);
  const open = model.open > 0n ? ` + ${n(model.open.toString())} open` : '';
  const certain = (BigInt(result.seats) - model.open).toString();
  return h('table', {}, h('caption', {}, 'Seats and votes'), h('thead', {}, h('tr', {}, head)),
    h('tbody', {}, shown.map(row), others),
    h('tfoot', {}, h('tr', {}, h('th', { scope: 'row' }, 'All parties'), h('td', {}, `${n(certain)}${open}`),
      tiers.map((tier, at) => h('td', { class: at < tiers.length - 1 ? 'wideonly' : null }, n(tier.seats))),
      ofSeats ? h('td', {}, percent('100')) : null,
      h('td', {}, percent(model.share(all)?.replace(/^100\.0$/, '100'))), h('td', { class: last }, several ? '' : n(all)))));
}

const tierName = (tier, at) => (/^\d+$/.test(tier.name) ? `Step ${at + 1}` : capital(tier.name));

/** Whether there are parties whose seats could be added up to a majority. */
export function addsUp(model) {
  const { majority, seats: house } = model.result;
  return majority && !model.isTied && model.inHouse.length >= 3 && size(majority.house) === size(house);
}

/** Check boxes whose seats add up, beside the majority. */
function coalition(model) {
  if (!addsUp(model)) return null;
  const { majority, seats: house } = model.result;
  const segments = h('div', { class: 'segments' });
  const words = h('p', { role: 'status' });
  const boxes = model.fromLeft().map((party) => {
    const box = h('input', { type: 'checkbox', onchange: () => show() });
    return { party, box, label: h('label', { class: 'co' }, box, chip(model, party.name), model.short(party.name), h('b', {}, n(party.seats))) };
  });
  function show() {
    const chosen = boxes.filter(({ box }) => box.checked);
    const sum = chosen.reduce((total, { party }) => total + BigInt(party.seats), 0n);
    const needed = BigInt(majority.needed);
    put(segments, chosen.map(({ party }) => h('div', { class: 'fill', style: { ...model.style(party.name), width: `${(100 * size(party.seats)) / size(house)}%` } })));
    const says = sum === 0n ? 'choose parties to add their seats up'
      : sum >= needed ? `a majority${sum === needed ? '' : `, ${n((sum - needed).toString())} above the ${n(majority.needed)} needed`}`
        : `${n((needed - sum).toString())} short of a majority`;
    put(words, h('b', {}, `${many(sum.toString(), 'seat')}: `), says);
  }
  show();
  return h('fieldset', { class: 'coal' }, h('legend', { id: 'govern-title', tabindex: '-1' }, 'Who could form a majority?'), h('div', { class: 'cos' }, boxes.map(({ label }) => label)),
    h('div', { class: 'house', 'aria-hidden': 'true' }, segments,
      h('span', { class: 'goal', style: { left: `${(100 * size(majority.needed)) / size(house)}%` } })), words);
}

/** The table of seats and the boxes that add them up; the picture and `short` stand beside it, or on a phone before it. */
export function seatSection(model, short) {
  return h('div', { class: 'split front' }, h('div', {}, picture(model), short),
    h('section', { class: 'seats', 'aria-label': 'Seats' }, seatTable(model), coalition(model)));
}

/** Share of seats as a bar, share of votes as a tick. */
export function fairSection(model) {
  if (model.isTied || model.inHouse.length === 0 || size(model.result.whole.votes) === 0) return null;
  const shown = model.inHouse.slice(0, 12);
  const folded = model.inHouse.slice(12);
  const outside = model.outside;
  const scale = Math.max(...shown.map((party) => Math.max(Number(party.share_of_seats), Number(party.share))), Number(model.share(model.votesOf(outside)) ?? 0), 1);
  const width = (share) => `${Math.min(100, (100 * Number(share)) / scale)}%`;
  const row = (name, style, ofSeats, ofVotes, difference, note) => h('li', {},
    h('div', {}, h('div', { class: 'line' }, name, h('small', {}, note)),
      h('div', { class: 'track', 'aria-hidden': 'true' },
        h('div', { class: `fill ${ofSeats === null ? 'hollow' : ''}`, style: { ...style, width: width(ofSeats ?? ofVotes) } }),
        h('div', { class: 'votes', style: { left: width(ofVotes) } }))),
    h('div', { class: 'end' }, points(difference)));
  const rows = shown.map((party) => row(party.name, model.style(party.name), party.share_of_seats, party.share, party.difference,
    `${percent(party.share_of_seats)} of seats, ${percent(party.share)} of votes`));
  if (outside.length > 0) {
    const share = model.share(model.votesOf(outside));
    const name = outside.length === 1 ? outside[0].name : `${capital(word(outside.length))} parties without seats`;
    rows.push(row(name, {}, null, share, share === '0.0' ? '0.0' : `-${share}`, `${percent(share)} of votes`));
  }
  return section('fair', 'Votes and seats', h('p', {}, finding(model)),
    h('figure', {}, h('div', { class: 'key', 'aria-hidden': 'true' }, h('span', {}, h('i'), 'share of seats'), h('span', {}, h('i', { class: 'tick' }), 'share of votes')),
      h('ul', { class: 'rows' }, rows)),
    folded.length > 0 ? h('p', { class: 'note' }, `${n(folded.length)} smaller parties with seats stand in the table above.`) : null,
    h('p', { class: 'note' }, 'Difference in percentage points: share of seats minus share of votes.'));
}

function finding(model) {
  const [best] = [...model.inHouse].sort((a, b) => Number(b.difference) - Number(a.difference));
  const lost = model.share(model.votesOf(model.outside));
  const more = Number(best.difference) > 0
    ? `${best.name} gains most: its share of the seats is ${d(best.difference.replace('+', ''))} points larger than its share of the votes.`
    : 'No party has a larger share of the seats than of the votes.';
  return lost !== '0.0' && model.outside.length > 0 ? `${more} Votes for parties without a seat make ${percent(lost)}.` : more;
}
