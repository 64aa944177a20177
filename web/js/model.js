// What the sections of a page ask of a result: order, colours, sums. All seats and votes are the module's; sums are exact.

import { colours } from './colours.js';
import { d, is, n, size } from './numbers.js';

export class Model {
  /** A result of the module, with what came later: `margins`, `comparison`, `lastSeats`. */
  constructor(result) {
    this.result = result;
    this.margins = null;
    this.comparison = null;
    this.lastSeats = null;
    this.document = result.document;
    this.parties = [...result.parties].sort((a, b) => size(most(b)) - size(most(a)) || size(b.votes) - size(a.votes));
    this.inHouse = this.parties.filter((party) => size(most(party)) > 0);
    this.outside = this.parties.filter((party) => size(most(party)) === 0);
    this.styles = colours(this.parties);
    this.byName = new Map(this.parties.map((party) => [party.name, party]));
    this.quotas = last(result.steps.map((step) => step.quotas).filter(Boolean));
    this.averages = last(result.steps.map((step) => step.averages).filter(Boolean));
    this.names = this.parties.map((party) => party.name);
  }

  /** Parties from left to right: as the document orders them, otherwise as the table does. */
  fromLeft() {
    const ordered = this.inHouse.some((party) => party.order !== null);
    const place = (party) => party.order ?? Number.MAX_SAFE_INTEGER;
    return ordered ? [...this.inHouse].sort((a, b) => place(a) - place(b)) : this.inHouse;
  }

  style(name) { return this.styles.get(name) ?? {}; }
  party(name) { return this.byName.get(name); }
  short(name) { return this.party(name)?.short ?? name; }
  get several() { return this.result.tiers.length > 1; }
  get isTied() { return this.result.ties.length > 0 || this.open > 0n; }

  /** Seats that no party has for certain: those of open ties. */
  get open() {
    const certain = this.result.parties.reduce((sum, party) => sum + BigInt(party.seats), 0n);
    const open = BigInt(this.result.seats) - certain - BigInt(this.result.vacant);
    return open > 0n ? open : 0n;
  }

  /** The share that the threshold asks for, if it is one for all: "7%". */
  get line() {
    const lines = new Set(this.parties.map((party) => party.line?.line).filter(Boolean));
    return lines.size === 1 ? [...lines][0] : null;
  }

  /** Parties that did not reach the line. */
  get below() { return this.parties.filter((party) => party.line && !party.line.met); }

  /** The votes of these parties together. */
  votesOf(parties) { return parties.reduce((sum, party) => sum + BigInt(party.votes), 0n).toString(); }

  /** A share of what shares are of, with one decimal, rounded exactly. */
  share(votes) { return tenths(BigInt(votes) * 1000n, BigInt(this.result.whole.votes)); }

  /** The margins of a party, once they are known. */
  margin(name) { return this.margins?.parties.find((party) => party.name === name) ?? null; }
}

const last = (list) => list.at(-1) ?? null;
const most = (party) => party.most ?? party.seats;

/** A number of thousandths over a whole as percent with one decimal. */
function tenths(part, whole) {
  if (whole === 0n) return null;
  const rounded = (2n * part + whole) / (2n * whole);
  return `${rounded / 10n}.${rounded % 10n}`;
}

/** The seats of a party: "83", or "3 or 4", or "2 to 5" while a tie is open. */
export function seats(party) {
  const [fewest, top] = [party.seats, party.most ?? party.seats];
  if (String(fewest) === String(top)) return size(fewest) === 0 ? 'none' : n(fewest);
  return `${n(fewest)} ${BigInt(top) - BigInt(fewest) === 1n ? 'or' : 'to'} ${n(top)}`;
}

/** "+3.7 pts", "−0.1 pts", "0.0 pts". */
export const points = (difference) => (difference === null ? '–' : `${d(difference)} pts`);

/** "1 seat", "13 seats". */
export const seatsWord = (count) => (is(count, 1) ? 'seat' : 'seats');
