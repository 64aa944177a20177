// From what: votes, law, sources, the check; and what can be taken away.

import { h } from '../dom.js';
import { d, localised, many, n, word } from '../numbers.js';
import { section } from './common.js';

const CHECKS = {
  correct: 'Checked a second way, by comparing claims in pairs: this is the only correct result.',
  tied: 'Checked a second way: these seats are right, and the tie is open.',
  wrong: 'A second check does not confirm these seats. Please report it.',
};

export function dataSection(model, actions) {
  const { result, document } = model;
  const sources = document.sources ?? [];
  return section('data', 'Votes and law',
    h('p', {}, `${n(result.whole.votes)} ${result.whole.of}, ${many(model.parties.length, 'party', 'parties')}${result.places.length > 0 ? `, ${many(result.places.length, 'place')}` : ''}.`),
    h('div', { class: 'law' }, h('p', {}, h('b', {}, 'The law in words')), result.law.map((line) => h('p', {}, localised(line, model.names)))),
    idle(result), result.verified ? h('p', {}, CHECKS[result.verified]) : null,
    document.note ? h('p', { class: 'note' }, document.note) : null,
    sources.length > 0 ? h('details', { class: 'more' }, h('summary', {}, `${many(sources.length, 'source')}`), h('ul', {}, sources.map((source) => h('li', { class: 'note' }, linked(source))))) : null,
    indices(result.indices),
    h('p', { class: 'noprint bar' }, h('button', { type: 'button', onclick: actions.edit }, 'Edit the votes'), h('button', { type: 'button', onclick: () => actions.download('json') }, 'Download the document')));
}

/** Clauses of the law that changed nothing this time. */
function idle(result) {
  const idle_ = [...new Set(result.tiers.flatMap((tier) => tier.idle))];
  return idle_.length > 0 ? h('p', { class: 'note' }, `Not needed this time: ${idle_.join('; ')}.`) : null;
}

const linked = (source) => (/^https:\/\/\S+$/.test(source) ? h('a', { href: source, rel: 'noreferrer' }, source) : source);

function indices(found) {
  if (!found) return null;
  const value = (number, digits) => d(number.toFixed(digits));
  const rows = [
    ['Votes for parties without a seat', `${value(100 * found.without_seats, 1)}%`, '0 is best'],
    ['Seats that went elsewhere than a perfect match (Loosemore-Hanby)', `${value(100 * found.loosemore_hanby, 1)}%`, '0 is best'],
    ['Disproportion, large gaps weighing more (Gallagher)', value(100 * found.gallagher, 1), '0 is best; most parliaments 1 to 10'],
    ['Effective number of parties, by votes', value(found.effective_parties_by_votes, 1), ''],
    ['Effective number of parties, by seats', value(found.effective_parties_by_seats, 1), ''],
  ];
  return h('details', { class: 'more' }, h('summary', {}, `How proportional, in ${word(rows.length)} numbers`),
    h('table', { class: 'text' }, h('caption', { class: 'vh' }, 'Measures of proportionality'),
      h('thead', {}, h('tr', {}, ['Measure', 'Value', 'Reading'].map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, rows.map(([name, figure, reading]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, figure), h('td', {}, reading))))));
}
