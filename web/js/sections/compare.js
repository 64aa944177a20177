// The same votes by other methods; a change against this law is marked.

import { h } from '../dom.js';
import { n, size } from '../numbers.js';
import { nameCell, scrolling, section } from './common.js';

/** "8", "3–4" while a tie is open, a dash for none. */
function range(party) {
  const most = party.most ?? party.seats;
  if (size(most) === 0) return h('span', { class: 'zero' }, '–');
  return String(party.seats) === String(most) ? n(party.seats) : `${n(party.seats)}–${n(most)}`;
}

export function compareSection(model) {
  const { comparison } = model;
  if (!comparison) return section('other', 'Other methods, same votes', h('p', { class: 'note' }, model.comparisonFailed ?? 'Working out the other methods …'));
  const columns = comparison.columns;
  const seatsOf = (column, name) => column.parties?.find((party) => party.name === name);
  const shown = model.parties.filter((party) => size(party.most ?? party.seats) > 0 || columns.some((column) => size(seatsOf(column, party.name)?.most ?? 0) > 0));
  const cell = (column, party) => {
    const other = seatsOf(column, party.name);
    if (!other) return h('td', { class: 'zero' }, '–');
    const change = BigInt(other.seats) - BigInt(party.seats);
    const tied = String(other.seats) !== String(other.most ?? other.seats);
    const sign = change === 0n || tied ? null : h('span', { class: change > 0n ? 'up' : 'down' }, ` ${change > 0n ? '+' : '−'}${n((change > 0n ? change : -change).toString())}`);
    return h('td', {}, range(other), sign);
  };
  const table = h('table', {}, h('caption', { class: 'vh' }, 'Seats by other methods'),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Party'), h('th', { scope: 'col' }, 'This law'), columns.map((column) => h('th', { scope: 'col' }, column.name)))),
    h('tbody', {}, shown.map((party) => h('tr', {}, nameCell(model, party, null, model.short(party.name)),
      h('td', {}, range(party)), columns.map((column) => cell(column, party))))));
  const failed = columns.filter((column) => column.error);
  return section('other', 'Other methods, same votes',
    h('p', {}, model.line ? 'With the same line; a change against this law is marked + or −.' : 'A change against this law is marked + or −.'),
    scrolling('Seats by other methods', table), reading(model, columns),
    failed.map((column) => h('p', { class: 'note' }, `${column.name} gives no answer here: ${column.error.message}.`)));
}

/** One cell read aloud. */
function reading(model, columns) {
  for (const column of columns) {
    for (const party of model.inHouse) {
      const other = column.parties?.find(({ name }) => name === party.name);
      if (!other || model.isTied || String(other.seats) !== String(other.most ?? other.seats)) continue;
      const change = BigInt(other.seats) - BigInt(party.seats);
      if (change === 0n) continue;
      const amount = n((change > 0n ? change : -change).toString());
      return h('p', { class: 'note' }, `How to read it: ${column.name} gives ${party.name} ${n(other.seats)} seats, ${amount} ${change > 0n ? 'more' : 'fewer'} than this law.`);
    }
  }
  return null;
}
