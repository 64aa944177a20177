// The page: three views of one document (nothing yet, the result, votes and law), and the fragment that says which.

import { byId, h, put } from './dom.js';
import * as engine from './engine.js';
import { compose, empty, located, ofDocument, settled, take, tieBreakOf } from './draft.js';
import { lawFields, lawWords, rowFields, showProblems } from './forms.js';
import { Model } from './model.js';
import { capital, defaultLocale, locale, locales, n, setLocale } from './numbers.js';
import { pack, unpack } from './share.js';
import { announcement, facts, head, headline } from './sections/head.js';
import { fairSection, picture, seatSection, seatTable } from './sections/seats.js';
import { lastSection, reasons, told, whySection } from './sections/reasons.js';
import { closeSection } from './sections/close.js';
import { compareSection } from './sections/compare.js';
import { matrixSection } from './sections/matrix.js';
import { outlookSection } from './sections/outlook.js';
import { placesSection } from './sections/places.js';
import { shortSection } from './sections/short.js';
import { tieSection } from './sections/tie.js';
import { dataSection } from './sections/data.js';

const EXAMPLES = [
  ['kazakhstan-2012', 'Kazakhstan 2012', '98 seats, a line at 7%', 'Two seats were left, and remainders decided'],
  ['norway-2021', 'Norway 2021', '169 seats in 19 districts, 19 of them levelling', 'The last seat turned on 103 votes'],
  ['barcelona-2011', 'Barcelona 2011', '41 seats in the city council', 'The last seat turned on two votes'],
];
const LONG_LINK = 2000;

const state = { document: null, model: null, draft: empty(), example: null };
const main = byId('main');

// ---- Results -------------------------------------------------------------------------------------------------------

/** Works a document out; what is wrong comes back as problems at fields. */
function work(document) {
  const { answer, error } = engine.attempt({ ask: 'result', document });
  if (error) return { model: null, problems: [{ field: fieldOf(error), message: located(error), fix: null, missing: false }] };
  return { model: new Model(answer), problems: [] };
}

/** The field that an error of the library is about. */
function fieldOf(error) {
  if (state.draft.mode === 'text' || (state.draft.mode === 'places' && /^districts/.test(error.path ?? ''))) return 'text';
  const [, row, key] = /^parties\[(\d+)\]\.?(\w*)/.exec(error.path ?? '') ?? [];
  if (row !== undefined) return `row-${row}-${key === 'name' ? 'name' : 'votes'}`;
  return error.path === 'seats' || /\bseats\b/.test(error.code) ? 'seats' : 'law';
}

function showResult() {
  const { model } = state;
  const settle = (tieBreak) => open(settled(model.document, tieBreak), { focus: 'tie-title' });
  const chosen = model.result.ties.length > 0 ? null : tieBreakOf(model.document);
  const wasSettled = model.result.settled.length > 0;
  const stepsOf = (place) => told(model, engine.ask({ ask: 'steps', document: model.document, place }).steps);
  const short = () => shortSection(model);
  const parts = {
    head: () => head(model),
    seats: () => seatSection(model, short()),
    tie: () => (model.result.ties.length > 0 || wasSettled ? tieSection(model, chosen, settle) : null),
    fair: () => fairSection(model),
    why: () => whySection(model, () => engine.ask({ ask: 'steps', document: model.document }).steps.slice(0, 60)),
    last: () => lastSection(model),
    close: () => closeSection(model),
    out: () => outlookSection(model, (out) => engine.later({ ask: 'outlook', document: model.document, out })),
    other: () => compareSection(model),
    matrix: () => matrixSection(model, engine.ask, download),
    places: () => placesSection(model, stepsOf),
    data: () => dataSection(model, { edit: () => { location.hash = '#edit'; }, download }),
  };
  put(main, Object.values(parts).map((part) => part()));
  document.title = `${[model.document.name, headline(model)].filter(Boolean).join(': ')}`;
  tools();
  contents([['result', 'Result'], ['tie-title', 'The tie'], ['why-title', 'Why'], ['last-title', 'The last seats'], ['close-title', 'How close'], ['out-title', 'Still out'], ['other-title', 'Other methods'], ['matrix-title', 'Parties and districts'], ['places-title', byId('places-title')?.textContent], ['data-title', 'Votes and law']]);
  announce(announcement(model));
  askMore(model, { ...parts, short });
}

/** Puts a section in the place of what it was before: what was unfolded stays so, and the focus stays where it was. */
function renew(old, made) {
  const within = 'a, button, summary, input, [tabindex]';
  const focused = [...old.querySelectorAll(within)].indexOf(document.activeElement);
  const open = [...old.querySelectorAll('details')].map((details) => details.open);
  old.replaceWith(made);
  made.querySelectorAll('details').forEach((details, at) => { details.open = open[at] ?? false; });
  if (focused >= 0) made.querySelectorAll(within)[focused]?.focus({ preventScroll: true });
}

/** What takes longer, and the sections that wait for it. */
function askMore(model, parts) {
  engine.cancel();
  const { document: asked } = model;
  const replace = (id, made) => {
    if (state.model !== model) return;
    const old = byId(id);
    if (old && made) renew(old, made); else if (old) old.remove();
  };
  engine.later({ ask: 'comparison', document: asked }).then((comparison) => { model.comparison = comparison; })
    .catch((error) => { model.comparisonFailed = `No comparison: ${error.message}.`; }).finally(() => { replace('other', parts.other()); replace('short', parts.short()); });
  if (model.result.places.length > 0) {
    engine.later({ ask: 'last-seats', document: asked }).then((last) => {
      model.lastSeats = last.places;
      replace('facts', facts(model));
      replace('short', parts.short());
      replace('close', parts.close());
      if (state.model === model) byId('places')?.refresh();
    }).catch(() => { /* the places stand without it */ });
  }
  // In many places this takes longest.
  engine.later({ ask: 'margins', document: asked }).then((margins) => {
    model.margins = margins;
    replace('facts', facts(model));
    replace('short', parts.short());
    replace('close', parts.close());
    const inside = byId('reasons');
    const wasOpen = inside && byId('more-reasons') && !byId('more-reasons').hidden;
    if (inside) put(inside, reasons(model));
    if (wasOpen) inside.querySelector('button[aria-expanded]')?.click();
  }).catch((error) => {
    model.margins = { closest: null, parties: [], doubt: null };
    model.marginsFailed = `How close it was cannot be said here: ${error.message}.`;
    replace('close', parts.close());
  });
}

let announced = 0;
let pending;
/** Says something to who cannot see it, at most once a second. */
function announce(text) {
  clearTimeout(pending);
  const wait = Math.max(0, announced + 1000 - Date.now());
  pending = setTimeout(() => { announced = Date.now(); byId('live').textContent = text; }, wait);
}

// ---- Editing -------------------------------------------------------------------------------------------------------

function showEdit() {
  const { draft } = state;
  const summary = h('div', { class: 'badbox', role: 'alert', tabindex: '-1', id: 'summary', hidden: true });
  const preview = h('div', { id: 'preview' });
  const go = h('button', { type: 'button', class: 'first', onclick: () => finish() }, 'Show the seats');
  const says = h('span', { class: 'note', role: 'status' });
  let timer;
  const changed = () => { clearTimeout(timer); timer = setTimeout(update, 120); };
  const mend = (fix) => {
    if (fix.merge !== undefined) {
      draft.rows[fix.merge][1] = String(fix.votes);
      draft.rows.splice(fix.row, 1);
    } else {
      draft.rows[fix.row][1] = String(fix.votes);
    }
    byId('rows').dispatchEvent(new CustomEvent('redraw'));
    update();
    byId('summary').hidden ? go.focus() : byId('summary').focus();
  };
  function update() {
    const made = compose(draft);
    const worked = made.document ? work(made.document) : { model: null, problems: made.problems };
    // What is only not there yet is no mistake before somebody asks for the seats.
    const shown = worked.problems.filter(({ missing }) => draft.asked || !missing);
    showProblems(shown, summary, mend);
    go.setAttribute('aria-disabled', String(!worked.model));
    says.textContent = worked.model ? headline(worked.model)
      : shown.length > 0 ? `The seats appear here as soon as ${shown.length === 1 ? 'this is' : 'these are'} mended.` : 'The seats appear here once there are votes, a law and a number of seats.';
    lawWords(made.document && worked.model ? made.document : null, draft.law);
    if (worked.model) {
      state.document = made.document;
      state.model = worked.model;
      state.example = null;
      announce(announcement(worked.model));
      remember('#edit&e=');
    }
    showPreview(preview, Boolean(worked.model));
  }
  function finish() {
    draft.asked = true;
    update();
    if (go.getAttribute('aria-disabled') === 'true') summary.focus();
    else open(state.document);
  }
  // A table of districts is edited as the text that it is.
  const isPressed = (mode) => draft.mode === mode || (draft.mode === 'places' && mode === 'table');
  const tab = (mode, name) => h('button', { type: 'button', class: 'choice', 'aria-pressed': String(isPressed(mode)), onclick: () => change(mode) }, name);
  /** Rows as text, and text as rows. */
  function change(mode) {
    if (isPressed(mode)) return;
    if (mode === 'text') {
      const made = compose(draft);
      if (made.document) draft.text = JSON.stringify(made.document, null, 1);
      else if (draft.mode === 'table') draft.text = draft.rows.map((row) => row.join('\t')).join('\n');
      if (made.document) Object.assign(draft, { mode: 'text', own: null, law: 'own' });
      else draft.mode = 'paste';
    } else {
      takeIn(draft.text, draft.file);
      return;
    }
    showEdit();
  }
  // What is wrong stands above the field: below it, it would be off the screen or behind the bar at its foot.
  const text = () => h('div', {}, h('label', { class: 'vh', for: 'text' }, 'The document or table as text'),
    h('p', { class: 'wrong', id: 'text-wrong', hidden: true }),
    h('textarea', { id: 'text', spellcheck: 'false', value: draft.text, rows: Math.min(18, Math.max(8, draft.text.split('\n').length + 1)), oninput: (event) => { draft.text = event.target.value; if (draft.mode !== 'paste') changed(); } }),
    draft.mode === 'paste' ? h('button', { type: 'button', onclick: () => takeIn(draft.text) }, 'Take this table') : null);
  put(main,
    h('p', { class: 'kick' }, state.draft.base.name ?? 'Votes and law'), h('h1', { id: 'result', tabindex: '-1' }, 'Whose votes, which law?'), summary,
    h('div', { class: 'edit' },
      h('div', {}, h('h2', {}, 'Votes'), h('div', { class: 'tabs', role: 'group', 'aria-label': 'How to enter votes' }, tab('table', 'Table'), tab('text', 'Text')),
        dropZone(), draft.mode === 'table' ? rowFields(draft, changed) : text()),
      h('div', {}, h('h2', {}, 'Law'), lawFields(draft, changed))),
    h('div', { class: 'go noprint' }, go, says), preview);
  main.onpaste = null;
  byId('rows')?.addEventListener('table', (event) => takeIn(event.detail));
  document.title = 'Votes and law';
  tools();
  contents([]);
  update();
}

/** The last good result below the form; greyed while something is to be mended. */
function showPreview(box, current) {
  const { model } = state;
  if (!model) { put(box); return; }
  put(box, h('div', { class: 'stale-note' }, h('h2', {}, headline(model)), current ? null : h('p', { class: 'note' }, 'This is the result before your last change.')),
    h('div', { class: `split ${current ? '' : 'stale'}` }, picture(model), h('div', { class: 'right' }, seatTable(model))));
}

/** Where files are dropped, or chosen. */
function dropZone() {
  const file = h('input', { type: 'file', id: 'file', class: 'vh', tabindex: '-1', 'aria-label': 'A CSV, TOML or JSON file', accept: '.csv,.tsv,.txt,.toml,.json,text/*,application/json', onchange: (event) => takeFile(event.target.files[0]) });
  return h('div', { class: 'drop', id: 'drop' }, 'Drop a CSV, TOML or JSON file here, or ', h('button', { type: 'button', onclick: () => file.click() }, 'choose a file'), file);
}

async function takeFile(file) {
  if (file) takeIn(await file.text(), file.name);
}

/** Takes a text in, and shows the result, or what is to be mended. */
function takeIn(text, file = null) {
  state.draft = take(state.draft.mode === 'paste' ? { ...state.draft, mode: 'table' } : state.draft, text, file);
  const made = compose(state.draft);
  const worked = made.document ? work(made.document) : { model: null };
  if (worked.model && !location.hash.startsWith('#edit')) { open(made.document); return; }
  if (location.hash.startsWith('#edit')) showEdit(); else location.hash = '#edit';
}

addEventListener('dragover', (event) => { event.preventDefault(); byId('drop')?.classList.add('over'); });
addEventListener('dragleave', () => byId('drop')?.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  byId('drop')?.classList.remove('over');
  const { files } = event.dataTransfer;
  if (files.length > 0) takeFile(files[0]); else takeIn(event.dataTransfer.getData('text'));
});

// ---- Nothing yet ---------------------------------------------------------------------------------------------------

function showStart() {
  const draft = empty();
  state.draft = draft;
  state.document = null;
  state.model = null;
  const votes = h('textarea', { id: 'votes', spellcheck: 'false', placeholder: 'Party        Votes\nNur Otan     5621436\nAk Zhol       518405\n\nPaste a table, or drop a CSV, TOML or JSON file here' });
  const submit = (event) => {
    event.preventDefault();
    if (votes.value.trim() === '') { location.hash = '#edit'; return; }
    takeIn(votes.value);
  };
  const cards = h('div', { class: 'cards' }, EXAMPLES.map(([id, name, what, why]) => h('a', { class: 'card example', href: `#${id}` },
    h('div', { class: 'squeeze', id: `picture-${id}` }), h('b', {}, name), h('span', { class: 'note' }, what), h('span', {}, why))));
  put(main,
    h('h1', { id: 'result', tabindex: '-1', style: { 'margin-top': '2.5rem' } }, 'From votes to seats, with the reasons'),
    h('p', { class: 'lede' }, 'Paste the votes, choose a law. See who gets how many seats, why, and how close it was. Exact, and on your computer alone.'),
    h('form', { class: 'start', onsubmit: submit }, h('div', { id: 'drop' }, h('label', { class: 'l', for: 'votes' }, 'Votes'), votes),
      h('div', {}, lawFields(draft, () => {}, { words: false }), h('p', { class: 'bar' }, h('button', { class: 'first' }, 'Show the seats'), h('a', { class: 'btn', href: '#edit' }, 'Enter votes by hand')))),
    h('section', { 'aria-labelledby': 'examples' }, h('h2', { id: 'examples' }, 'Or look at a real election'), cards));
  document.title = 'apportion: votes into seats, with the reasons';
  tools();
  contents([]);
  for (const [id] of EXAMPLES) {
    example(id).then((made) => {
      const drawn = picture(new Model(engine.ask({ ask: 'result', document: made })));
      drawn.querySelector('figcaption').remove();
      drawn.querySelector('.desk').remove();
      drawn.querySelector('.phone').className = '';
      byId(`picture-${id}`)?.replaceChildren(drawn);
    }).catch(() => { /* the card has its words */ });
  }
}

const example = async (id) => (await fetch(new URL(`../elections/${id}.json`, import.meta.url))).json();

// ---- The frame -----------------------------------------------------------------------------------------------------

/** The buttons of the head: what can be done here. */
function tools() {
  const dark = () => document.documentElement.dataset.theme === 'dark' || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  const theme = h('button', { type: 'button', id: 'theme', 'aria-pressed': String(dark()), onclick: () => {
    const next = dark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try { localStorage.setItem('theme', next); } catch { /* not kept */ }
    theme.setAttribute('aria-pressed', String(next === 'dark'));
  } }, 'Dark');
  const inResult = state.model && !location.hash.startsWith('#edit');
  put(byId('tools'), inResult ? h('a', { class: 'btn', href: '#edit' }, 'Edit', h('span', { class: 'hidephone' }, 'the votes')) : null, inResult ? sharePanel() : null, theme);
}

function sharePanel() {
  const link = h('input', { id: 'link', readonly: true, onfocus: (event) => event.target.select() });
  const says = h('p', { class: 'note' });
  const copied = h('span', { class: 'note', role: 'status' });
  const copy = async () => {
    try { await navigator.clipboard.writeText(link.value); copied.textContent = 'Copied.'; } catch { link.focus(); copied.textContent = 'Press Ctrl+C to copy it.'; }
  };
  const fill = async () => {
    link.value = `${location.origin}${location.pathname}#e=${await pack(state.document)}`;
    const length = n(link.value.length);
    says.textContent = link.value.length > LONG_LINK
      ? `The votes and the law are in the link itself: ${length} characters. Some programs cut links of that length; send the document instead.`
      : `The votes and the law are in the link itself: ${length} characters. Who opens it sees what you see now.`;
  };
  const details = h('details', { class: 'share', ontoggle: (event) => { if (event.currentTarget.open) fill(); }, onkeydown: (event) => {
    if (event.key === 'Escape') { details.open = false; details.firstChild.focus(); }
  } }, h('summary', { class: 'btn' }, 'Share'),
  h('div', { class: 'pop' }, h('label', { for: 'link' }, 'Link to this result'), h('div', { class: 'pair' }, link, h('button', { type: 'button', class: 'first', onclick: copy }, 'Copy')), copied, says,
    h('b', {}, 'Download'), h('div', { class: 'pair' }, [['svg', 'Picture'], ['csv', 'Table (CSV)'], ['json', 'Document (JSON)']].map(([kind, name]) => h('button', { type: 'button', onclick: () => download(kind) }, name)),
      h('button', { type: 'button', onclick: () => print() }, 'Print'))));
  return details;
}

/** A file with what is shown. */
function download(kind) {
  const { model } = state;
  const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;
  const csv = () => ['party,votes,seats', ...model.parties.map((party) => [quoted(party.name), party.votes, party.seats].join(','))].join('\r\n');
  const [content, type] = kind === 'svg' ? [engine.ask({ ask: 'picture', document: model.document, kind: 'hemicycle' }).svg, 'image/svg+xml']
    : kind === 'csv' ? [csv(), 'text/csv']
      : kind === 'html' ? [protocol(model), 'text/html'] : [JSON.stringify(state.document, null, 1), 'application/json'];
  const name = (model.document.id ?? model.document.name ?? 'election').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'election';
  const link = h('a', { href: URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` })), download: `${name}.${kind}` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** The library's protocol as a page of its own, light and without anything from elsewhere. */
function protocol(model) {
  const name = model.document.name ?? 'Protocol';
  const style = 'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#16191d;background:#fff}table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{padding:.25rem .5rem;border-bottom:1px solid #dcdad3;text-align:right}td:first-child,th:first-child{text-align:left}';
  const page = h('html', { lang: 'en' }, h('head', {}, h('meta', { charset: 'utf-8' }), h('meta', { name: 'viewport', content: 'width=device-width' }), h('title', {}, name), h('style', {}, style)), h('body', {}, h('h1', {}, name)));
  const { html } = engine.ask({ ask: 'protocol', document: model.document });
  return `<!doctype html>\n${page.outerHTML.replace('</body>', () => `${html}</body>`)}`;
}

let spy;
/** Links to the sections that there are. */
function contents(entries) {
  const nav = byId('toc');
  const there = entries.filter(([id, name]) => name && byId(id));
  nav.hidden = there.length === 0;
  const links = there.map(([id, name], at) => h('li', {}, h('a', { href: `#${id}`, 'aria-current': at === 0 ? 'true' : null, onclick: (event) => {
    event.preventDefault();
    byId(id).scrollIntoView();
    byId(id).focus({ preventScroll: true });
  } }, name)));
  put(nav, h('div', { class: 'wrap' }, h('ul', {}, links)));
  spy?.disconnect();
  spy = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      links.forEach((item, at) => { if (there[at][0] === target.id) item.firstChild.setAttribute('aria-current', 'true'); else item.firstChild.removeAttribute('aria-current'); });
    }
  }, { rootMargin: '-10% 0px -75% 0px' });
  there.forEach(([id]) => spy.observe(byId(id)));
}

// ---- The fragment --------------------------------------------------------------------------------------------------

/** Keeps the document in the fragment, without a step in the history. */
async function remember(prefix) {
  const asked = state.document;
  const packed = await pack(asked);
  if (state.document === asked && location.hash.startsWith(prefix.slice(0, 5))) history.replaceState(null, '', `${prefix}${packed}`);
}

/** Shows the result of a document, as a step in the history. */
async function open(document, { focus = null } = {}) {
  const hash = `#e=${await pack(document)}`;
  if (location.hash === hash) { await route(); } else { pendingFocus = focus; location.hash = hash; }
}

let pendingFocus = null;

async function route() {
  const hash = location.hash.slice(1);
  const packed = /^(edit&)?e=([\w-]+)$/.exec(hash);
  try {
    if (packed) show(await unpack(packed[2]), Boolean(packed[1]));
    else if (hash === 'edit') { engine.cancel(); showEdit(); }
    else if (EXAMPLES.some(([id]) => id === hash)) { const made = await example(hash); state.example = hash; show(made, false); }
    else { engine.cancel(); showStart(); }
  } catch (error) {
    refused(error.code ? located(error) : 'This link is broken: the votes in it cannot be read. Ask for it again, or for the document.');
  }
  const focus = pendingFocus ? byId(pendingFocus) : null;
  pendingFocus = null;
  if (focus) { focus.focus(); focus.scrollIntoView(); } else if (first) first = false; else { scrollTo(0, 0); byId('result')?.focus({ preventScroll: true }); }
}
let first = true;

function show(made, editing) {
  state.draft = ofDocument(made);
  state.document = made;
  const worked = work(made);
  state.model = worked.model;
  if (editing || !worked.model) { showEdit(); return; }
  showResult();
}

function refused(message) {
  state.model = null;
  put(main, h('h1', { id: 'result', tabindex: '-1' }, 'Nothing to show'), h('p', { class: 'badbox', role: 'alert' }, message), h('p', {}, h('a', { href: '#' }, 'Start anew')));
  tools();
  contents([]);
}

byId('tools').closest('.wrap').querySelector('.mark').addEventListener('click', (event) => { event.preventDefault(); location.hash = ''; if (!location.hash) route(); });
document.querySelector('.skip').addEventListener('click', (event) => { event.preventDefault(); (byId('result') ?? main).focus(); });

async function begin() {
  try { const theme = localStorage.getItem('theme'); if (theme) document.documentElement.dataset.theme = theme; } catch { /* the system decides */ }
  setLocale(defaultLocale());
  byId('numbers').append(...locales().map(([id, text]) => h('option', { value: id, selected: id === locale() }, text)));
  byId('numbers').addEventListener('change', (event) => {
    setLocale(event.target.value);
    if (location.hash.startsWith('#edit')) showEdit(); else if (state.model) showResult(); else showStart();
  });
  await engine.start();
  addEventListener('hashchange', route);
  await route();
  if ('serviceWorker' in navigator && location.protocol !== 'file:') navigator.serviceWorker.register(new URL('../sw.js', import.meta.url)).catch(() => { /* works with a network then */ });
}

begin().catch((error) => refused(`${capital(String(error.message))}. This page needs a browser with WebAssembly SIMD: any of the last years.`));
