// Seats as a half circle, or as a row where there are few. Only where marks stand is worked out here; how many there are comes
// from the library.

import { h, s } from './dom.js';
import { n, size } from './numbers.js';

const SINGLE = 800;
const ROW = 14;
const NAMED = 8;

/** Where the picture stands: a desk has room for names, a phone for numbers. */
const FORMS = [
  { name: 'desk', width: 552, centre: 276, base: 242, radius: 207, inner: 0.4, height: 256, figure: 17, label: 13, middle: 32, names: true },
  { name: 'phone', width: 328, centre: 164, base: 172, radius: 144, inner: 0.46, height: 184, figure: 15, label: 12, middle: 24, names: false },
];

/**
 * The seats of groups `{ name, short, seats, style, open }` from left to right, drawn for a desk and for a phone. `house` is
 * `{ seats, majority, of }`: `of` says whose seats they are, where they are a part.
 */
export function seatPicture(groups, house, sentence) {
  const total = groups.reduce((sum, group) => sum + size(group.seats), 0);
  const draw = total <= ROW ? row : total <= SINGLE ? discs : sectors;
  const labelled = grouped(groups);
  return h('figure', {}, h('figcaption', { class: 'vh' }, `The ${n(house.seats)} seats by party`),
    FORMS.map((form) => h('div', { class: form.name }, draw(labelled, total, house, form, sentence))));
}

/** Of nine groups or more eight have a name, the largest; the others share a label. */
function grouped(groups) {
  const won = groups.filter((group) => !group.open);
  if (won.length <= NAMED) return groups;
  const largest = [...won].sort((a, b) => size(b.seats) - size(a.seats)).slice(0, NAMED);
  return groups.map((group) => ({ ...group, unnamed: !group.open && !largest.includes(group) }));
}

function svg(form, height, sentence, children) {
  return s('svg', { viewBox: `0 0 ${form.width} ${height}`, role: 'img', 'aria-label': sentence }, children);
}

const text = (x, y, content, { anchor = 'middle', points = 13, bold = false, second = false } = {}) => s('text', {
  x: x.toFixed(1), y: y.toFixed(1), 'text-anchor': anchor, 'font-size': points, 'font-weight': bold ? 700 : null, class: second ? 'second' : null,
}, content);

/** Places of so many seats: as few rows as hold them, in order of the fraction of the row, then of the radius. */
export function places(total, form) {
  const rowsOf = (count) => {
    const step = (form.radius * (1 - form.inner)) / count;
    return { step, radii: Array.from({ length: count }, (_, at) => form.radius - step * (at + 0.5)) };
  };
  const holds = (count) => {
    const { step, radii } = rowsOf(count);
    return radii.reduce((sum, radius) => sum + Math.floor((Math.PI * radius) / step) + 1, 0) >= total;
  };
  let count = 1;
  while (!holds(count)) count++;
  const { step, radii } = rowsOf(count);
  const all = radii.reduce((sum, radius) => sum + radius, 0);
  const seats = [];
  let [passed, placed, distance] = [0, 0, step];
  for (const radius of radii) {
    passed += radius;
    const until = Math.round((total * passed) / all);
    const here = until - placed;
    placed = until;
    if (here > 1) distance = Math.min(distance, (Math.PI * radius) / (here - 1));
    for (let at = 0; at < here; at++) {
      const angle = here === 1 ? Math.PI / 2 : Math.PI * (1 - at / (here - 1));
      seats.push({ fraction: (at + 0.5) / here, radius, angle });
    }
  }
  seats.sort((a, b) => a.fraction - b.fraction || b.radius - a.radius);
  return { seats, size: distance * 0.455 };
}

function discs(groups, total, house, form, sentence) {
  const { seats, size: radius } = places(total, form);
  const marks = [];
  const labels = [];
  let at = 0;
  for (const group of groups) {
    const own = seats.slice(at, at + size(group.seats));
    at += own.length;
    const circles = own.map(({ angle, radius: far }) => s('circle', {
      cx: (form.centre + far * Math.cos(angle)).toFixed(1), cy: (form.base - far * Math.sin(angle)).toFixed(1), r: radius.toFixed(2),
      class: group.open ? 'open' : 'seat',
    }));
    marks.push(s('g', { style: group.style }, circles));
    const middle = own.reduce((sum, seat) => sum + Math.PI * (1 - seat.fraction), 0) / (own.length || 1);
    labels.push({ group, angle: middle });
  }
  return half(marks, labels, total, house, form, sentence);
}

function sectors(groups, total, house, form, sentence) {
  const at = (angle, radius) => `${(form.centre + radius * Math.cos(angle)).toFixed(1)} ${(form.base - radius * Math.sin(angle)).toFixed(1)}`;
  const [outer, inner] = [form.radius, form.radius * form.inner];
  const marks = [];
  const labels = [];
  let before = 0;
  for (const group of groups) {
    const [from, to] = [before, before + size(group.seats)].map((seats) => Math.PI * (1 - seats / total));
    before += size(group.seats);
    const path = `M${at(from, outer)}A${outer} ${outer} 0 0 1 ${at(to, outer)}L${at(to, inner)}A${inner} ${inner} 0 0 0 ${at(from, inner)}Z`;
    marks.push(s('path', { d: path, class: group.open ? 'open' : 'seat', style: group.style }));
    labels.push({ group, angle: (from + to) / 2 });
  }
  return half(marks, labels, total, house, form, sentence);
}

/** What a half circle has besides its marks: labels round it, ticks and the number in the middle. */
function half(marks, labels, total, house, form, sentence) {
  const { centre, base, radius } = form;
  const tick = (far) => s('path', { d: `M${centre} ${(base - far).toFixed(1)}v-7`, class: 'tick' });
  const ticks = house.majority ? [tick(radius + 2), tick(radius * form.inner - 9)] : [];
  const middle = [text(centre, base - 18, n(house.seats), { points: form.middle, bold: true })];
  const under = house.majority && !house.of ? `majority ${n(house.majority)}` : house.of;
  if (under) middle.push(text(centre, base, under, { points: form.label, second: true }));
  return svg(form, form.height, sentence, [marks, ticks, round(labels, total, form, house), middle]);
}

/** Labels of groups with 2% of the seats, pushed apart along the arc, with a hairline where they moved. */
function round(labels, total, form, house) {
  const shown = labels.filter(({ group }) => !group.unnamed && size(group.seats) >= 0.02 * total);
  const far = form.radius + 14;
  const gap = (form.names ? 36 : 20) / far;
  const edge = (form.names ? 6 : 0) / far;
  // From left to right: each at least a gap after the one before; then back from the right end.
  const angles = shown.map(({ angle }) => angle);
  for (let at = 1; at < angles.length; at++) angles[at] = Math.min(angles[at], angles[at - 1] - gap);
  if (angles.length > 0) angles[angles.length - 1] = Math.max(angles.at(-1), edge);
  for (let at = angles.length - 2; at >= 0; at--) angles[at] = Math.max(angles[at], angles[at + 1] + gap);
  return shown.map(({ group, angle }, at) => {
    // The middle belongs to the tick of the majority.
    let place = angles[at];
    if (house.majority && Math.abs(place - Math.PI / 2) < 0.06) place = Math.PI / 2 + (angle >= Math.PI / 2 ? 0.07 : -0.07);
    const side = Math.cos(place);
    const anchor = side < -0.25 ? 'end' : side > 0.25 ? 'start' : 'middle';
    const x = form.centre + far * side;
    const y = form.base - far * Math.sin(place);
    const moved = Math.abs(place - angle) > 0.09;
    const from = (turn, distance) => `${(form.centre + distance * Math.cos(turn)).toFixed(1)} ${(form.base - distance * Math.sin(turn)).toFixed(1)}`;
    const lead = moved ? s('path', { d: `M${from(angle, form.radius + 1)}L${from(place, far - 3)}`, class: 'lead' }) : null;
    const name = group.open ? 'tied' : group.short ?? group.name;
    if (!form.names) return [lead, text(x, y + 4, n(group.seats), { anchor, points: form.figure, bold: true })];
    // Above the arc the name stands under its number, but outside the marks.
    const lift = anchor === 'middle' ? -14 : 0;
    return [lead, text(x, y + lift, n(group.seats), { anchor, points: form.figure, bold: true }),
      text(x, y + lift + 15, shortened(name, anchor === 'middle' ? 20 : room(x, anchor, form)), { anchor, points: form.label })];
  });
}

const room = (x, anchor, form) => Math.max(4, Math.floor((anchor === 'start' ? form.width - x + 24 : x + 24) / 7));
const shortened = (name, letters) => ([...name].length <= letters ? name : `${[...name].slice(0, letters - 1).join('').trimEnd()}…`);

/** A few seats as a row of discs, with a tick after the seat of the majority. */
function row(groups, total, house, form, sentence) {
  const step = Math.min(form.width / Math.max(total, 1), form.names ? 79 : 47);
  const radius = Math.min(step * 0.4, 30);
  const left = (form.width - step * total) / 2;
  const y = (form.names ? 40 : 38) + radius;
  const marks = [];
  let at = 0;
  for (const group of groups) {
    const seats = size(group.seats);
    const x = (seat) => left + step * (at + seat + 0.5);
    const middle = left + step * (at + seats / 2);
    for (let seat = 0; seat < seats; seat++) {
      marks.push(s('circle', { cx: x(seat).toFixed(1), cy: y.toFixed(1), r: radius.toFixed(1), class: group.open ? 'open' : 'seat', style: group.style }));
      if (group.open) marks.push(text(x(seat), y + radius * 0.35, '?', { points: 20, bold: true }));
    }
    const letters = Math.max(3, Math.floor((step * seats) / 7.2));
    marks.push(text(middle, 14, n(group.seats), { points: form.figure - 2, bold: true }));
    marks.push(text(middle, 31, shortened(group.open ? 'tied' : group.short ?? group.name, letters), { points: form.label }));
    at += seats;
  }
  let height = y + radius + 6;
  if (house.majority && !house.of && size(house.majority) <= total) {
    const end = left + step * size(house.majority);
    const under = y + radius + 10;
    marks.push(s('path', { d: `M${end.toFixed(1)} ${under.toFixed(1)}v14M${left.toFixed(1)} ${(under + 8).toFixed(1)}H${end.toFixed(1)}`, class: 'tick' }));
    const words = `majority: ${n(house.majority)} of ${n(house.seats)}`;
    const beside = form.width - end > words.length * 6.6 + 10;
    marks.push(beside ? text(end + 8, under + 12, words, { anchor: 'start', points: form.label, second: true })
      : text(end, under + 28, words, { anchor: 'end', points: form.label, second: true }));
    height = under + (beside ? 20 : 34);
  }
  return svg(form, height, sentence, marks);
}
