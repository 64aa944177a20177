// While ballots are out: the fewest and the most seats that each party can still end with.

import { h, put } from '../dom.js';
import { attempt } from '../engine.js';
import { many, n, size } from '../numbers.js';
import { seatsWord } from '../model.js';
import { nameCell, section } from './common.js';

/** `ask` takes ballots by place, the nation's name being empty, and promises the library's outlook. */
export function outlookSection(model, ask) {
  const several = model.result.places.length > 0;
  const waits = model.document.complete === false;
  const label = several ? 'Ballots still out, a district a line' : 'Ballots still out';
  const field = several
    ? h('textarea', { id: 'out-ballots', class: 'short', spellcheck: 'false', placeholder: places(model).slice(0, 2).map((name) => `${name}  1,200`).join('\n') })
    : h('input', { id: 'out-ballots', inputmode: 'numeric', autocomplete: 'off', placeholder: '1,200' });
  const wrong = h('p', { class: 'wrong', id: 'out-ballots-wrong', hidden: true });
  const says = h('p', { role: 'status' });
  const found = h('div');

  async function work(event) {
    event.preventDefault();
    const { out, message } = read(field.value, several);
    refuse(message);
    if (message) { field.focus(); return; }
    says.textContent = 'Working out what is still possible …';
    put(found);
    try {
      const outlook = await ask(out);
      says.textContent = sentence(model, outlook);
      put(found, table(model, outlook));
    } catch (error) {
      says.textContent = '';
      refuse(`${error.message.charAt(0).toUpperCase()}${error.message.slice(1)}.`);
    }
  }
  function refuse(message) {
    wrong.hidden = !message;
    put(wrong, message);
    for (const [name, value] of [['aria-invalid', 'true'], ['aria-describedby', wrong.id]]) {
      if (message) field.setAttribute(name, value); else field.removeAttribute(name);
    }
  }
  const form = h('form', { class: 'out noprint', onsubmit: work }, h('label', { class: 'l', for: 'out-ballots' }, label), field, wrong,
    h('p', { class: 'bar' }, h('button', {}, 'Show what is still possible')));
  const body = [form, says, found];
  return section('out', 'Are ballots still out?', waits ? h('p', {}, 'The document says that the count is not complete.') : null,
    waits ? body : h('details', { class: 'more' }, h('summary', {}, 'See which seats could still change'), body));
}

const places = (model) => model.result.places.filter((place) => place.level === 'district').map((place) => place.name);

/** Ballots as they were typed: the library reads them, as it reads votes. */
function read(text, several) {
  if (text.trim() === '') return { message: 'How many ballots are still out?' };
  const { answer } = attempt(several ? { ask: 'table', text } : { ask: 'rows', rows: [['ballots', text]] });
  const [error] = answer.errors;
  if (error) return { message: error.message };
  return { out: Object.fromEntries(answer.parties.map(({ name, votes }) => [several ? name : '', votes])) };
}

function sentence(model, outlook) {
  const ballots = many(outlook.ballots_out, 'ballot');
  const majority = outlook.majority ? ` ${outlook.majority} has a majority already.` : '';
  if (outlook.decided) return `Whatever the ${ballots} say, no seat changes any more.${majority}`;
  return `${n(outlook.certain_seats)} of the ${many(model.result.seats, 'seat')} are certain, whatever the ${ballots} say.${majority}`;
}

/** A bar up to what is certain, and a dashed one up to what is possible. */
function table(model, outlook) {
  const shown = outlook.parties.filter((party) => size(party.most) > 0);
  shown.sort((a, b) => model.names.indexOf(a.name) - model.names.indexOf(b.name));
  const scale = Math.max(...shown.map((party) => size(party.most)), 1);
  const percent = (seats) => `${(100 * size(seats)) / scale}%`;
  const row = (party) => h('tr', {}, nameCell(model, model.party(party.name)),
    h('td', { class: 'big' }, n(party.fewest)), h('td', { class: 'big' }, party.fewest === party.most ? h('span', { class: 'zero' }, 'certain') : n(party.most)),
    h('td', { class: 'track-cell wideonly' }, h('div', { class: 'track', 'aria-hidden': 'true' },
      h('div', { class: 'fill hollow', style: { width: percent(party.most) } }), h('div', { class: 'fill', style: { ...model.style(party.name), width: percent(party.fewest) } }))));
  const head = ['Party', 'Fewest seats', 'Most seats'].map((name) => h('th', { scope: 'col' }, name));
  const made = h('table', {}, h('caption', { class: 'vh' }, 'Seats that each party can still have'),
    h('thead', {}, h('tr', {}, head, h('th', { scope: 'col', class: 'wideonly' }, h('span', { class: 'vh' }, 'Picture')))), h('tbody', {}, shown.map(row)));
  const wide = outlook.parties.some((party) => !party.tight);
  const [first] = shown;
  const reading = first ? `How to read it: ${first.name} ends with ${n(first.fewest)} ${seatsWord(first.fewest)}${first.fewest === first.most ? '' : ` at the least and ${n(first.most)} at the most`}. ` : '';
  return [made,
    h('p', { class: 'note' }, reading, wide ? 'Nothing beyond these numbers can happen; some of them may not happen either.' : 'Each of these numbers can happen.')];
}
