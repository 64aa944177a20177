// Parts that several sections share.

import { h } from '../dom.js';

export const chip = (model, name, more = '') => h('span', { class: `chip ${more}`.trim(), style: model.style(name), 'aria-hidden': 'true' });

/** A party's name with its mark, as the head of a row. */
export const nameCell = (model, party, note = null, shown = party.name) => h('th', { scope: 'row' },
  h('span', { class: 'name' }, chip(model, party.name), shown, note ? [' ', h('span', { class: 'note' }, note)] : null));

/** A table that may be wider than the page: a region with a name, reached by keys. */
export const scrolling = (label, table) => [
  h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label }, table),
  h('p', { class: 'note swipe' }, 'Swipe the table sideways for more columns.'),
];

export const section = (id, title, ...children) => h('section', { id, 'aria-labelledby': `${id}-title` },
  h('h2', { id: `${id}-title`, tabindex: '-1' }, title), children);
