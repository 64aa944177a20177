// How close: the nearest transfer, the nearest threshold, the nearest place; one card a danger.

import { h } from '../dom.js';
import { capital, listed, many, n, percent, size } from '../numbers.js';
import { section } from './common.js';

/** What a change of votes does, as the end of a sentence; `own` is the party of the sentence. */
export function happens(model, margin, own = null) {
  if (!margin.answered) return 'the law has no answer any more';
  const { gains, losses, entering, leaving, tied } = margin;
  const who = (name) => (name === own ? 'it' : name);
  const one = gains.length === 1 && losses.length === 1;
  const alone = entering.length + tied.length === 0;
  // The usual ends: a party falls and all its seats go to one other; a seat goes to another.
  if (one && alone && leaving.length === 1 && losses[0].name === leaving[0]) {
    const lost = losses[0].seats;
    return `${who(leaving[0])} falls below the line, and its ${many(lost, 'seat')} ${size(lost) === 1 ? 'goes' : 'go'} to ${who(gains[0].name)}`;
  }
  if (one && alone && leaving.length === 0 && losses[0].name === own && size(losses[0].seats) === 1 && size(gains[0].seats) === 1) return `it goes to ${gains[0].name}`;
  const names = [...new Set([...entering, ...gains.map(({ name }) => name), ...leaving, ...losses.map(({ name }) => name)])];
  const clauses = [...names.filter((name) => name === own), ...names.filter((name) => name !== own)].map((name) => `${who(name)} ${moved(model, margin, name)}`);
  if (tied.length > 0) clauses.push(`a seat is tied between ${listed([...new Set(tied)].map(who))}`);
  return listed(clauses) || 'the open tie is gone';
}

/** What a change does to one party: "comes in and gets 7", "falls below the line and loses 7". */
function moved(model, { gains, losses, entering, leaving }, name) {
  const gain = gains.find((gained) => gained.name === name);
  const loss = losses.find((lost) => lost.name === name);
  const line = entering.includes(name) ? 'comes in' : leaving.includes(name) ? 'falls below the line' : null;
  const more = size(model.party(name)?.seats ?? 0) > 0 ? ' more' : '';
  const seats = gain ? `gets ${n(gain.seats)}${more}` : loss ? `loses ${n(loss.seats)}` : null;
  return [line, seats].filter(Boolean).join(' and ');
}

/** The seats of those that a change moves: "7 and 8 instead of 8 and 7". */
function instead(model, margin) {
  const moved = [...margin.losses, ...margin.gains].map(({ name }) => name);
  if (moved.length !== 2 || !margin.then) return '';
  const then = moved.map((name) => n(margin.then.find((party) => party.name === name)?.seats ?? 0));
  const now = moved.map((name) => n(model.party(name)?.seats ?? 0));
  return `: ${then.join(' and ')} instead of ${now.join(' and ')}`;
}

/** The closest change as a number of votes and what they would have done; nothing before it is known. */
export function closestWords(model) {
  const margin = model.margins?.closest;
  if (!margin?.votes) return null;
  const [tie, another] = model.result.ties;
  if (tie && !another && tie.parties.length > 0 && tie.parties.length <= 6 && tie.parties.every((name) => size(model.margin(name)?.gain?.votes ?? 0) === 1)) {
    return { figure: many(1, 'vote'), words: `more for ${tie.parties.slice(0, -1).join(', ')} or ${tie.parties.at(-1)} settles the tie.` };
  }
  const place = margin.place ? ` in ${margin.place}` : '';
  const from = margin.ballots.find((ballots) => ballots.number < 0);
  const to = margin.ballots.find((ballots) => ballots.number > 0);
  const way = from && to ? `moved from ${from.party} to ${to.party}${place}` : to ? `more for ${to.party}${place}` : `fewer for ${from.party}${place}`;
  const simple = margin.gains.length === 1 && margin.losses.length === 1 && size(margin.gains[0].seats) === 1 && size(margin.losses[0].seats) === 1;
  const does = simple && from && to ? ` would have moved one seat${margin.gains[0].name === to.party ? ' with them' : ''}${instead(model, margin)}.` : `, and ${happens(model, margin)}.`;
  return { figure: `${margin.proven ? '' : 'at most '}${many(margin.votes, 'vote')}`, words: `${way}${does}` };
}

function closestCard(model) {
  const closest = closestWords(model);
  return closest && card(closest.figure, closest.words);
}

const card = (figure, words) => h('div', { class: 'card' }, h('div', { class: 'big' }, figure), h('p', {}, words));

/** The party nearest the threshold: one that could have fallen below it, or risen above. */
function lineCard(model) {
  const near = model.parties.filter((party) => party.line && (party.line.spare ?? party.line.short) !== null);
  if (near.length === 0) return null;
  near.sort((a, b) => size(a.line.spare ?? a.line.short) - size(b.line.spare ?? b.line.short));
  const [party] = near;
  const what = party.line.line ? percent(party.line.line.replace('%', '')) : `${n(party.line.needed)} votes`;
  if (party.line.met) {
    const gone = (BigInt(party.line.spare) + 1n).toString();
    const margin = model.margin(party.name)?.loss;
    const known = margin && BigInt(margin.votes ?? 0) === BigInt(gone);
    const heir = known && margin.gains.length === 1 && margin.losses.length === 1 && margin.leaving[0] === party.name ? margin.gains[0] : null;
    const then = heir ? `, and ${heir.name} would have had ${n(heir.seats)} more: ${n(margin.then.find(({ name }) => name === heir.name).seats)}.`
      : known ? `. ${capital(happens(model, margin, party.name))}.` : '.';
    return card(many(gone, 'voter'), `of ${party.name} staying at home would have put it below ${what}${then}`);
  }
  const margin = model.margin(party.name)?.gain;
  const then = margin?.then && BigInt(margin.votes) === BigInt(party.line.short)
    ? ` It would have had ${n(margin.then.find(({ name }) => name === party.name)?.seats ?? 0)} seats instead of ${n(party.seats)}.` : '';
  return card(many(party.line.short, 'vote'), `more for ${party.name} would have lifted it to ${what}.${then}`);
}

function placeCard(model) {
  const first = model.lastSeats?.find((margin) => margin?.votes);
  if (!first || !first.gains.length) return null;
  const [winner, loser] = [first.gains[0].name, first.losses[0]?.name];
  return card(many(first.votes, 'vote'), `more for ${winner} in ${first.place} would have brought it ${loser ? `the seat of ${loser} there` : 'a seat there'}.`);
}

export function closeSection(model) {
  const cards = [closestCard(model), lineCard(model), placeCard(model)].filter(Boolean);
  const waiting = model.margins === null ? h('p', { class: 'note', role: 'status' }, 'Working out how close it was …') : null;
  if (!waiting && cards.length === 0) return section('close', 'How close was it?', h('p', {}, model.marginsFailed ?? 'No change of votes changes the result.'));
  const doubt = model.margins?.doubt ? h('p', { class: 'note' }, `These numbers do it; smaller ones may: ${model.margins.doubt}.`) : null;
  return section('close', 'How close was it?', waiting, h('div', { class: 'cards' }, cards), doubt,
    h('p', { class: 'note' }, 'More or fewer votes as said, all other votes as they are.'));
}
