// Fields of the law, rows of votes, and where their errors stand.

import { byId, h, put } from './dom.js';
import { ask } from './engine.js';
import { METHODS } from './draft.js';
import { capital, localised, n, word } from './numbers.js';

let laws;

/** The laws of the catalogue by country. */
function countries() {
  laws ??= ask({ ask: 'laws' }).laws;
  const groups = new Map();
  for (const law of laws) {
    const [country] = law.name.split(',');
    groups.set(country, [...(groups.get(country) ?? []), law]);
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en'));
}

export const lawCount = () => { countries(); return laws.length; };

/** The choice of a law or method with its seats, bound to a draft. `changed` is called after every change. */
export function lawFields(draft, changed, { words = true } = {}) {
  const box = h('div');
  const show = () => put(box, content());
  function content() {
    const option = (value, text) => h('option', { value, selected: draft.law === value }, text);
    const year = (law) => `${law.name} (${law.date.slice(0, 4)})`;
    const select = h('select', { id: 'law', onchange: (event) => choose(event.target.value) },
      option('', `One of ${n(lawCount())} laws, or a method`), draft.own ? option('own', 'As in the document') : null, option('method', 'A method, seats and a threshold'),
      countries().map(([country, list]) => h('optgroup', { label: country }, list.map((law) => option(law.id, year(law))))));
    const known = laws.find((law) => law.id === draft.law);
    const inPlaces = draft.mode === 'places';
    const needsSeats = inPlaces ? draft.bare : draft.law === '' || draft.law === 'method' ? draft.mode !== 'text'
      : draft.law === 'own' ? draft.own?.seats !== undefined && draft.mode !== 'text' : !known?.districts && draft.mode !== 'text';
    return [h('label', { class: 'l', for: 'law' }, 'Law'), select, h('p', { class: 'wrong', id: 'law-wrong', hidden: true }),
      h('div', { class: 'two' },
        needsSeats ? h('div', {}, h('label', { class: 'l', for: 'seats' }, inPlaces ? 'Seats of each district' : 'Seats'),
          h('input', { id: 'seats', inputmode: 'numeric', autocomplete: 'off', value: draft.seats, placeholder: inPlaces ? '5' : '98', oninput: (event) => { draft.seats = event.target.value; changed(); } }),
          h('p', { class: 'wrong', id: 'seats-wrong', hidden: true })) : null,
        draft.law === 'method' ? h('div', {}, h('label', { class: 'l', for: 'threshold' }, 'Votes needed to take part'),
          h('input', { id: 'threshold', autocomplete: 'off', value: draft.threshold, placeholder: 'none, 5%, 1,000 votes', oninput: (event) => { draft.threshold = event.target.value; changed(); } }),
          h('p', { class: 'wrong', id: 'threshold-wrong', hidden: true })) : null),
      draft.law === 'method' ? [h('label', { class: 'l', for: 'method' }, 'How the votes become seats'),
        h('select', { id: 'method', onchange: (event) => { draft.method = Number(event.target.value); changed(); } },
          METHODS.map(([name], at) => h('option', { value: at, selected: draft.method === at }, name)))] : null,
      words ? h('div', { class: 'law', id: 'law-words', hidden: true }) : null];
  }
  function choose(id) {
    draft.law = id;
    const known = laws.find((law) => law.id === id);
    if (known?.seats && draft.mode !== 'places') draft.seats = String(known.seats);
    if (id === 'own' && draft.own?.seats !== undefined) draft.seats = String(draft.own.seats);
    show();
    byId('law').focus();
    changed();
  }
  show();
  return box;
}

/** The chosen law in words: of the document, if there is one. */
export function lawWords(document, law) {
  const box = byId('law-words');
  // What is wrong with the votes changes nothing about the document's own law.
  if (!box || (!document && law === 'own' && !box.hidden)) return;
  let lines = [];
  let note = null;
  if (document) lines = ask({ ask: 'words', document }).law;
  else if (law && law !== 'own' && law !== 'method') ({ law: lines, note } = ask({ ask: 'law', id: law }));
  box.hidden = lines.length === 0;
  put(box, h('p', {}, h('b', {}, 'In words')), lines.map((line) => h('p', {}, localised(line))), note ? h('p', { class: 'note' }, note) : null);
}

/** Rows of names and votes to edit, bound to a draft. */
export function rowFields(draft, changed) {
  const list = h('div', { id: 'rows' });
  function show(focus = null) {
    put(list, draft.rows.map(([name, votes], at) => row(name, votes, at)));
    if (focus) byId(focus)?.focus();
  }
  function row(name, votes, at) {
    const called = () => draft.rows[at][0] || `party ${at + 1}`;
    const label = (event) => {
      draft.rows[at][0] = event.target.value;
      byId(`row-${at}-votes`).setAttribute('aria-label', `Votes of ${called()}`);
      byId(`row-${at}-remove`).setAttribute('aria-label', `Remove ${called()}`);
      changed();
    };
    return h('div', { class: 'row' },
      h('input', { id: `row-${at}-name`, 'aria-label': `Party ${at + 1}`, autocomplete: 'off', value: name, oninput: label, onpaste: pasted }),
      h('input', { id: `row-${at}-votes`, class: 'votes', 'aria-label': `Votes of ${called()}`, inputmode: 'numeric', autocomplete: 'off', value: votes,
        oninput: (event) => { draft.rows[at][1] = event.target.value; changed(); }, onpaste: pasted }),
      h('button', { id: `row-${at}-remove`, type: 'button', class: 'remove', 'aria-label': `Remove ${called()}`, onclick: () => {
        draft.rows.splice(at, 1);
        show(`row-${Math.min(at, draft.rows.length - 1)}-remove`);
        changed();
      } }, '×'),
      h('p', { class: 'wrong', id: `row-${at}-name-wrong`, hidden: true }), h('p', { class: 'wrong', id: `row-${at}-votes-wrong`, hidden: true }));
  }
  /** A table pasted into a field takes the place of all rows. */
  function pasted(event) {
    const text = event.clipboardData?.getData('text') ?? '';
    if (!/[\n\t;]/.test(text.trim())) return;
    event.preventDefault();
    list.dispatchEvent(new CustomEvent('table', { bubbles: true, detail: text }));
  }
  const add = () => { draft.rows.push(['', '']); show(`row-${draft.rows.length - 1}-name`); };
  list.addEventListener('redraw', () => show());
  show();
  return [list, h('button', { type: 'button', onclick: add }, '+ Add a party')];
}

/** Puts errors at their fields, and once above in a summary that links to each; `mend` does what a fix says. */
export function showProblems(problems, summary, mend) {
  for (const wrong of document.querySelectorAll('.wrong')) { wrong.hidden = true; put(wrong); }
  for (const field of document.querySelectorAll('[aria-invalid]')) { field.removeAttribute('aria-invalid'); field.removeAttribute('aria-describedby'); }
  const links = [];
  for (const { field, message, fix } of problems) {
    const input = byId(field);
    const wrong = byId(`${field}-wrong`);
    if (input && wrong) {
      input.setAttribute('aria-invalid', 'true');
      input.setAttribute('aria-describedby', wrong.id);
      wrong.hidden = false;
      const button = !fix ? null : fix.merge !== undefined ? `Add up to ${n(fix.votes)}` : `Write ${n(fix.votes)}`;
      wrong.append(message, button ? h('button', { type: 'button', onclick: () => mend(fix) }, button) : '');
    }
    const name = input?.getAttribute('aria-label') ?? input?.labels?.[0]?.textContent ?? null;
    links.push(input ? h('a', { href: `#${field}`, onclick: (event) => { event.preventDefault(); input.focus(); } }, name ?? 'the document') : h('span', {}, message));
  }
  const count = problems.length === 1 ? 'One thing' : `${capital(word(problems.length))} things`;
  summary.hidden = problems.length === 0;
  put(summary, problems.length === 0 ? [] : [h('b', {}, `${count} to mend before there is a result: `), links.map((link, at) => (at > 0 ? [', ', link] : link)), '.']);
}
