// Parties in districts, where a law gives both their due at once: the library's picture, and its protocol.

import { h } from '../dom.js';
import { many } from '../numbers.js';
import { section } from './common.js';

/** `ask` asks the library; nothing where the law has no matrix. */
export function matrixSection(model, ask, download) {
  const { document } = model;
  const drawn = (narrow) => ask({ ask: 'picture', document, kind: 'matrix', narrow }).svg;
  const wide = drawn(false);
  if (!wide) return null;
  const districts = model.result.places.filter((place) => place.level === 'district');
  // As an image of its own, so that the styles within stay within.
  const image = (svg, form) => h('img', { class: form, src: `data:image/svg+xml,${encodeURIComponent(svg)}`, alt: `Seats of ${many(model.parties.length, 'party', 'parties')} in ${many(districts.length, 'district')}; the table of places below has the same numbers.` });
  return section('matrix', 'Parties and districts at once',
    h('p', {}, 'Every district and every party has its whole number of seats. A cell is filled as high as the party’s share of the votes there; its number is its seats.'),
    h('figure', {}, h('figcaption', { class: 'vh' }, 'Seats by party and district'), image(wide, 'desk'), image(drawn(true), 'phone')),
    h('p', { class: 'noprint bar' }, h('button', { type: 'button', onclick: () => download('html') }, 'Download the protocol'), h('span', { class: 'note' }, 'Divisors, quotients and seats of every cell, to check by hand.')));
}
