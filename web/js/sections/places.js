// Where: districts as small multiples, with the last seat of each and who was nearest, by votes short.

import { h, put } from '../dom.js';
import { listed, many, n, size } from '../numbers.js';
import { seatsWord } from '../model.js';
import { chip, scrolling, section } from './common.js';

export function placesSection(model, steps) {
  const places = model.result.places.filter((place) => place.level === 'district');
  const regions = model.result.places.filter((place) => place.level !== 'district');
  const all = places.length > 0 ? places : regions;
  if (all.length === 0) return null;
  const label = places.length > 0 ? 'district' : 'region';
  const body = h('div', { id: 'place-list' });
  let order = 'given';
  let wanted = '';
  const search = h('input', { id: 'find-place', type: 'search', placeholder: `Find a ${label}`, oninput: (event) => { wanted = event.target.value; show(); } });
  const buttons = [['given', 'In order'], ['closest', 'Closest first'], ['table', 'As a table']].map(([value, name]) => h('button', {
    type: 'button', class: 'choice', 'aria-pressed': String(value === order), onclick: () => { order = value; show(); },
  }, name));
  const found = h('p', { class: 'vh', role: 'status' });
  const margins = () => new Map((model.lastSeats ?? []).filter(Boolean).map((margin) => [margin.place, margin]));

  function show() {
    buttons.forEach((button, at) => button.setAttribute('aria-pressed', String(['given', 'closest', 'table'][at] === order)));
    const last = margins();
    let list = all.filter((place) => place.name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()));
    if (order === 'closest') list = [...list].sort((a, b) => size(last.get(a.name)?.votes ?? Infinity) - size(last.get(b.name)?.votes ?? Infinity));
    found.textContent = wanted ? `${many(list.length, label)} found` : '';
    put(body, list.length === 0 ? h('p', {}, `No ${label} is called “${wanted}”.`)
      : order === 'table' ? asTable(model, list, last) : h('ul', { class: 'places' }, list.map((place) => small(model, place, last.get(place.name), steps))));
  }
  show();
  const later = all.some((place) => place.parties.some((party) => size(party.later) > 0));
  const result = section('places', many(all.length, label),
    later ? h('div', { class: 'key' }, h('span', {}, h('i', { style: { width: '14px', height: '14px' } }), 'seat of the first step'),
      h('span', {}, h('i', { style: { width: '14px', height: '14px', 'border-radius': '50%', border: '2px solid var(--ink)' } }), 'seat of a later step')) : null,
    h('div', { class: 'bar noprint' }, h('label', { class: 'vh', for: 'find-place' }, `Find a ${label}`), h('span', {}, search), buttons), found, body);
  result.refresh = show;
  return result;
}

/** Parties with seats in a place, the most first. */
const winners = (place) => place.parties.filter((party) => size(party.seats) > 0 || party.tied).sort((a, b) => size(b.seats) - size(a.seats) || size(b.votes) - size(a.votes));

function small(model, place, margin, steps) {
  const won = winners(place);
  const later = won.filter((party) => size(party.later) > 0);
  const first = (party) => BigInt(party.seats) - BigInt(size(party.later) > 0 ? party.later : 0);
  const many_ = size(place.filled) > 60;
  const squares = many_ ? null : h('div', { class: 'squares', 'aria-hidden': 'true' },
    won.map((party) => Array.from({ length: Number(first(party)) }, () => chip(model, party.name))),
    later.map((party) => Array.from({ length: size(party.later) }, () => chip(model, party.name, 'later'))));
  const names = won.map((party) => `${model.short(party.name)} ${n(first(party).toString())}${party.tied ? ' or more' : ''}`).filter((text) => !/ 0$/.test(text)).join(', ');
  const added = later.map((party) => `${model.short(party.name)} +${n(party.later)}`).join(', ');
  const laterSeats = later.reduce((sum, party) => sum + BigInt(party.later), 0n);
  const count = laterSeats > 0n ? `${n((BigInt(place.filled) - laterSeats).toString())}+${n(laterSeats.toString())} seats` : many(place.filled, 'seat');
  const body = h('div');
  return h('li', {}, h('div', { class: 'line' }, h('b', {}, place.name), h('span', {}, count)), squares,
    h('p', {}, names || 'no seats', added ? h('span', { class: 'zero' }, ` · later: ${added}`) : null),
    nearest(margin, model.several),
    place.differs ? h('p', { class: 'note down' }, '✗ differs from the official result') : null,
    h('details', { class: 'more noprint', ontoggle: (event) => { if (event.currentTarget.open && !body.firstChild) body.append(...steps(place.name)); } },
      h('summary', { 'aria-label': `Steps in ${place.name}` }, 'Steps'), body));
}

/** Who is nearest to the last seat there; of several tiers, to one more, as seats of later ones move with it. */
function nearest(margin, several) {
  if (!margin?.votes || margin.gains.length === 0) return null;
  const winner = margin.ballots[0]?.party ?? margin.gains[0].name;
  const losers = listed(margin.losses.map(({ name }) => name));
  const short = [h('b', {}, n(margin.votes)), ` ${size(margin.votes) === 1 ? 'vote' : 'votes'} short`];
  if (several) return h('p', { class: 'note' }, `Nearest to one more: ${winner}, `, short, losers ? `; ${losers} would have one fewer.` : '.');
  return h('p', { class: 'note' }, losers ? `Last seat: ${losers}. ` : '', `Nearest: ${winner}, `, short, '.');
}

function asTable(model, list, last) {
  const columns = model.inHouse.slice(0, 12);
  const row = (place) => h('tr', {}, h('th', { scope: 'row' }, place.name), h('td', {}, n(place.filled)),
    columns.map((party) => {
      const here = place.parties.find(({ name }) => name === party.name);
      return h('td', {}, here && size(here.seats) > 0 ? n(here.seats) : h('span', { class: 'zero' }, '–'));
    }),
    h('td', {}, last.get(place.name)?.votes ? n(last.get(place.name).votes) : '–'));
  const table = h('table', {}, h('caption', { class: 'vh' }, 'Seats by place'), h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Place'), h('th', { scope: 'col' }, 'Seats'),
    columns.map((party) => h('th', { scope: 'col' }, model.short(party.name))), h('th', { scope: 'col' }, 'Votes short of its last seat'))),
  h('tbody', {}, list.map(row)));
  const reading = list[0] && columns[0] ? `How to read it: ${list[0].name} has ${n(list[0].filled)} ${seatsWord(list[0].filled)}, of which ${model.short(columns[0].name)} holds ${n(list[0].parties.find(({ name }) => name === columns[0].name)?.seats ?? 0)}.` : '';
  return [h('div', {}, scrolling('Seats by place', table)), h('p', { class: 'note' }, reading)];
}
