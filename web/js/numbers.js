// Numbers as the reader writes them. Counts come as numbers, or beyond 2^53 as strings of digits; nothing is rounded.

const LOCALES = [['en', '1,234.5'], ['de', '1.234,5'], ['fr', '1 234,5'], ['de-CH', '1’234.5'], ['en-IN', '12,34,567.8']];

let whole;
let marks;
let current;

/** Chooses how numbers are written. */
export function setLocale(locale) {
  current = locale;
  whole = new Intl.NumberFormat(locale, { useGrouping: true });
  const decimal = new Intl.NumberFormat(locale).formatToParts(0.5).find((part) => part.type === 'decimal');
  marks = { decimal: decimal?.value ?? '.' };
}

export const locale = () => current;

/** What a reader can choose, with the language of the browser first if it is none of them. */
export function locales() {
  const own = navigator.language;
  const known = LOCALES.some(([id]) => id === own || id === own.split('-')[0]);
  const example = (id) => new Intl.NumberFormat(id).format(1234567.5);
  const list = LOCALES.map(([id]) => [id, example(id)]);
  return known ? list : [[own, example(own)], ...list];
}

/** The reader's locale, unless another was chosen. */
export function defaultLocale() {
  const own = navigator.language;
  return LOCALES.find(([id]) => id === own)?.[0] ?? LOCALES.find(([id]) => id === own.split('-')[0])?.[0] ?? own;
}

/** A count: "5,621,436". */
export function n(count) {
  return whole.format(typeof count === 'string' ? BigInt(count) : count);
}

/** A decimal number that the module wrote, such as "-67,741.11" or "7.0": grouped and with the reader's marks. */
export function d(text) {
  const [, sign, digits, rest] = /^([-+−]?)([\d,]*)(?:\.(\d+))?$/.exec(text) ?? [];
  if (digits === undefined) return text;
  const grouped = digits === '' ? '' : whole.format(BigInt(digits.replaceAll(',', '')));
  return sign.replace('-', '−') + grouped + (rest ? marks.decimal + rest : '');
}

/** A share: "81.0%". */
export const percent = (text) => (text === null || text === undefined ? '–' : `${d(text)}%`);

/** A sentence of the module's with the numbers in it as the reader writes them; names stay as they are. */
export function localised(sentence, names = []) {
  if (current.startsWith('en') && current !== 'en-IN') return sentence;
  const escaped = names.filter((name) => /\d/.test(name)).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp([...escaped, '\\d[\\d,]*\\d(?:\\.\\d+)?|\\d(?:\\.\\d+)?'].join('|'), 'g');
  return sentence.replace(pattern, (found) => (names.includes(found) ? found : d(found)));
}

/** A date in words: "15 January 2012". */
export function date(text) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? '');
  if (!parts) return text ?? '';
  const day = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])));
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}

/** Whether a count is 1, 0, and so on, whatever it is written as. */
export const is = (count, number) => BigInt(count) === BigInt(number);

/** A number for widths and order alone. */
export const size = (count) => Number(count);

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** "three", "13". */
export const word = (count) => WORDS[count] ?? n(count);

/** "seven parties", "1 seat". */
export const many = (count, one, several = `${one}s`) => `${n(count)} ${is(count, 1) ? one : several}`;

/** "1st", "22nd". */
export function ordinal(count) {
  const digits = String(count);
  const teen = /1[123]$/.test(digits);
  const suffix = teen ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[digits.at(-1)] ?? 'th');
  return `${n(count)}${suffix}`;
}

const NTH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth'];

/** "seventh", "98th". */
export const nth = (count) => NTH[Number(count) - 1] ?? ordinal(String(count));

export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** "A, B and C". */
export function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
