// What is being edited: rows, a table of districts or a text, and a law; and the document that they make.

import { attempt } from './engine.js';

/** Methods that can be chosen with seats and a threshold, as documents write them. */
export const METHODS = [
  ['Largest remainders, Hare quota', 'hare'],
  ['Largest remainders, Droop quota', 'droop'],
  ['Largest remainders, Hagenbach-Bischoff quota', 'hagenbach-bischoff'],
  ['Highest averages, D’Hondt', 'dhondt'],
  ['Highest averages, Sainte-Laguë', 'sainte-lague'],
  ['Highest averages, Sainte-Laguë from 1.4', { divisor: 'modified-sainte-lague', first: '7/5' }],
  ['Highest averages, Danish', 'danish'],
  ['Highest averages, Huntington-Hill', 'huntington-hill'],
  ['Highest averages, Adams', 'adams'],
];

const LAW_KEYS = ['rule', 'tiers', 'seats', 'seats_by'];

export const empty = () => ({ mode: 'table', rows: [['', ''], ['', ''], ['', '']], text: '', base: {}, extras: new Map(), law: '', own: null, bare: false, seats: '', threshold: '', method: 0, file: null, asked: false });

/** A document as a draft: rows where it has one place, its text otherwise. */
export function ofDocument(document) {
  const draft = empty();
  const { parties = [], ...rest } = document;
  const own = Object.fromEntries(LAW_KEYS.filter((key) => key in rest).map((key) => [key, rest[key]]));
  for (const key of LAW_KEYS) delete rest[key];
  draft.own = own;
  draft.law = 'own';
  draft.seats = own.seats === undefined ? '' : String(own.seats);
  const plain = !document.districts && !document.regions && !document.ballots;
  if (plain) {
    draft.rows = parties.map((party) => [party.name, String(party.votes ?? 0)]);
    draft.extras = new Map(parties.map(({ name, votes, ...extra }) => [name, extra]));
    draft.base = rest;
  } else {
    draft.mode = 'text';
    draft.text = JSON.stringify(document, null, 1);
    draft.base = {};
  }
  return draft;
}

/** Whether a text is a document, and not a table. */
export const isDocument = (text) => /^\s*\{/.test(text) || /^\s*(\[{1,2}[\w.-]+\]{1,2}\s*$|[\w-]+\s*=)/m.test(text.replace(/^\s*#.*$/gm, ''));

/** Takes a text in: a document as itself, a table as rows. What was chosen as the law stays, unless the text has one. */
export function take(draft, text, file = null) {
  draft.file = file;
  draft.asked = true;
  if (!isDocument(text)) {
    const { answer } = attempt({ ask: 'table', text });
    if (draft.law === 'own') { draft.law = ''; draft.own = null; }
    if (answer.districts) return Object.assign(draft, { mode: 'places', text, bare: isBare(answer), rows: [], extras: new Map(), base: {} });
    draft.mode = 'table';
    draft.rows = answer.rows.length > 0 ? answer.rows.map(([name, votes]) => [name, votes]) : [['', '']];
    draft.lines = new Map(answer.errors.filter(({ line }) => line).map(({ row, line }) => [answer.rows[row].join('\t'), line]));
    draft.extras = new Map(answer.parties.filter((party) => party.seats !== undefined).map(({ name, seats }) => [name, { seats }]));
    draft.base = {};
    return draft;
  }
  const { answer, error } = attempt({ ask: 'document', text });
  if (error) {
    return Object.assign(draft, { mode: 'text', text, law: 'own', own: null, rows: [], base: {} });
  }
  const made = ofDocument(answer.document);
  return Object.assign(made, { file, asked: true, text: made.mode === 'text' ? text : '' });
}

/** Something to mend at a field; what is only not there yet is `missing`. */
const problem = (field, message, { fix = null, missing = false } = {}) => ({ field, message, fix, missing });

/** The document that a draft makes, or what has to be mended before there is one. */
export function compose(draft) {
  const problems = [];
  const document = draft.mode === 'text' ? ofText(draft, problems) : draft.mode === 'places' ? ofPlaces(draft, problems) : ofRows(draft, problems);
  const law = lawKeys(draft, document, problems);
  if (problems.length > 0) return { document: null, problems };
  const made = { ...document };
  if (law) {
    for (const key of LAW_KEYS) delete made[key];
    Object.assign(made, law);
  }
  return { document: made, problems };
}

function ofRows(draft, problems) {
  const { answer } = attempt({ ask: 'rows', rows: draft.rows });
  for (const { row, column, code, message, fix } of answer.errors) {
    const where = draft.lines?.get(`${draft.rows[row][0]}\t${draft.rows[row][1]}`);
    const said = where ? `${message} (Line ${where}${draft.file ? ` of ${draft.file}` : ''})` : message;
    problems.push(problem(`row-${row}-${column}`, said, { fix: fix ? { row, column, ...fix } : null, missing: code === 'missing' || code === 'no-name' }));
  }
  if (answer.parties.length === 0 && answer.errors.length === 0) problems.push(problem('row-0-name', 'There are no votes yet. Write or paste at least one party.', { missing: true }));
  return { ...draft.base, parties: answer.parties.map((party) => ({ ...draft.extras.get(party.name), ...party })) };
}

/** Whether some district has no seats of its own in the table. */
const isBare = (answer) => answer.districts.some((district) => district.seats === undefined);

const FIRST_ERRORS = 3;

/** A table with a row for each district and party. */
function ofPlaces(draft, problems) {
  const { answer } = attempt({ ask: 'table', text: draft.text });
  const { districts, errors } = answer;
  if (!districts) {
    problems.push(problem('text', 'The first line names the columns: district, party, votes, and perhaps seats.'));
    return {};
  }
  if (errors.length > 0) {
    const said = errors.slice(0, FIRST_ERRORS).map(({ message, line }) => `${message} (Line ${line}${draft.file ? ` of ${draft.file}` : ''})`);
    if (errors.length > FIRST_ERRORS) said.push(`And ${errors.length - FIRST_ERRORS} more.`);
    problems.push(problem('text', said.join(' ')));
  }
  draft.bare = isBare(answer);
  const each = draft.bare && (draft.law === 'method' || draft.seats.trim() !== '') ? seats(draft, problems, 'How many seats has each district?') : null;
  return { ...draft.base, districts: districts.map((district) => (district.seats === undefined && each !== null ? { ...district, seats: each } : district)) };
}

function ofText(draft, problems) {
  const { answer, error } = attempt({ ask: 'document', text: draft.text });
  if (!error) return answer.document;
  problems.push(problem('text', located(error)));
  return {};
}

/** An error of the library in words, with its place. */
export function located(error) {
  const where = [error.line ? `line ${error.line}${error.column ? `, column ${error.column}` : ''}` : null, error.path].filter(Boolean).join(', ');
  const message = error.message.charAt(0).toUpperCase() + error.message.slice(1);
  return `${message}${/[.?!]$/.test(message) ? '' : '.'}${where ? ` (${where.charAt(0).toUpperCase()}${where.slice(1)})` : ''}`;
}

/** The keys of the chosen law; nothing where a text has its own. */
function lawKeys(draft, document, problems) {
  if (draft.law === '') {
    problems.push(problem('law', 'Choose a law, or a method.', { missing: true }));
    return null;
  }
  const hasPlaces = Boolean(document.districts);
  if (draft.law === 'own') {
    if (draft.mode === 'text') return null;
    return { ...draft.own, ...(draft.own?.seats === undefined ? {} : { seats: seats(draft, problems) }) };
  }
  if (draft.law === 'method') {
    const threshold = line(draft, problems);
    return { rule: { method: METHODS[draft.method][1], ...(threshold ? { threshold } : {}) }, ...(hasPlaces ? {} : { seats: seats(draft, problems) }) };
  }
  const { answer, error } = attempt({ ask: 'law', id: draft.law });
  if (error) {
    problems.push(problem('law', located(error)));
    return null;
  }
  const keys = { ...answer.keys };
  // The seats of the districts together are the law's then.
  if (hasPlaces && keys.rule && !keys.seats_by) delete keys.seats;
  if (hasPlaces || keys.tiers) return keys;
  return { ...keys, seats: seats(draft, problems) };
}

/** The seats that were typed: the library reads them, as it reads votes. */
function seats(draft, problems, question = 'How many seats are given out?') {
  const text = draft.seats.trim();
  if (text === '') {
    problems.push(problem('seats', question, { missing: true }));
    return 0;
  }
  const { answer } = attempt({ ask: 'rows', rows: [['seats', text]] });
  const [party] = answer.parties;
  if (!party) problems.push(problem('seats', `${text} is not a whole number of seats.`));
  return party?.votes ?? 0;
}

/** A threshold as people write it: "7%", "7,5 %", "3/100", "5000 votes"; nothing is none. */
function line(draft, problems) {
  const text = draft.threshold.trim();
  if (text === '' || /^(0|0\s*%|none)$/i.test(text)) return null;
  const share = /^(\d+(?:[.,]\d+)?)\s*%/.exec(text);
  if (share) return { share: `${share[1].replace(',', '.')}%`, of: 'valid' };
  if (/^\d+\/\d+$/.test(text)) return text;
  const { answer } = attempt({ ask: 'rows', rows: [['votes', text.replace(/\s*votes$/i, '')]] });
  if (/votes$/i.test(text) && answer.parties[0]) return { votes: answer.parties[0].votes };
  problems.push(problem('threshold', `“${text}” is no share of votes. Write 7%, or 5,000 votes.`));
  return null;
}

/** A copy of a document with one more tie-break in each tier, or with none. */
export function settled(document, tieBreak) {
  const copy = structuredClone(document);
  const tiers = copy.rule ? [copy.rule] : copy.tiers ?? [];
  for (const tier of tiers) {
    const before = tier.tie_break === undefined ? [] : [tier.tie_break].flat();
    if (tieBreak === null) delete tier.tie_break;
    else tier.tie_break = [...before, cleaned(tieBreak)];
  }
  return copy;
}

const cleaned = (tieBreak) => (typeof tieBreak === 'string' ? tieBreak : Object.fromEntries(Object.entries(tieBreak).filter(([, value]) => value !== null)));

/** The tie-break that a document has, the last of several. */
export function tieBreakOf(document) {
  const tiers = document.rule ? [document.rule] : document.tiers ?? [];
  return tiers.map((tier) => [tier.tie_break ?? []].flat().at(-1)).find(Boolean) ?? null;
}
