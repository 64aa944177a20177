/** A count: a number, or beyond 2^53 - 1 its digits. */
export type Count = number | string;

/** A method as documents write it: `"dhondt"`, `{ quota: "hare" }`, `{ divisor: "modified-sainte-lague", first: "7/5" }`. */
export type Method = string | Record<string, unknown>;

/** An election as a document: an object with the keys of `docs/documents.md`, or TOML or JSON text. Bigints are counts. */
export type ElectionDocument = Record<string, unknown> | string;

export interface Line {
  /** Whether the party reached it. */
  met: boolean;
  /** The votes that it takes, all totals as they are. */
  needed: Count;
  strict: boolean;
  /** Ballots of the party alone that may go before it falls below. */
  spare?: Count | null;
  /** Ballots of the party alone with which it reaches the line. */
  short?: Count | null;
  /** The share that is asked for: "7%". */
  line?: string;
  of?: string;
  whole?: Count;
  share?: string | null;
}

export interface PartyResult {
  name: string;
  short: string | null;
  colour: string | null;
  order: number | null;
  votes: Count;
  /** Percent of the votes, with as many decimals as tell it from the threshold. */
  share: string | null;
  /** The seats it has whatever a tie brings. */
  seats: Count;
  /** The most it can have while ties are open. */
  most: Count | null;
  share_of_seats: string | null;
  /** Share of seats minus share of votes, in points. */
  difference: string | null;
  admitted: boolean;
  reason: string | null;
  line: Line | null;
  /** Its seats by tier. */
  tiers: number[];
}

export interface Claim {
  party: string;
  seat: number;
  claim: string;
  sum: string | null;
  won: boolean | null;
  votes_short: Count | null;
}

export interface QuotaShare {
  party: string;
  votes: string;
  quotas: string;
  full: Count;
  left_over: string;
  rank: number;
  seats: Count;
  tied: boolean;
}

export interface Step {
  tier: string | null;
  place: string | null;
  sentences: string[];
  tables: { title: string; headings: string[]; rows: string[][] }[];
  quotas: { name: string; votes: string; divisor: Count; cost: string; rounded: boolean; left: number; shares: QuotaShare[] } | null;
  averages: {
    divisors: string;
    seats: Count;
    claims: Claim[];
    last: Claim | null;
    next: Claim | null;
    nearest: Claim | null;
    above: string | null;
    up_to: string | null;
    round: string | null;
  } | null;
}

export interface Tie {
  tier: string | null;
  place: string | null;
  parties: string[];
  places: string[];
  seats: Count;
  most_votes: string[];
  fewest_votes: string[];
}

export interface PlaceResult {
  name: string;
  level: 'district' | 'region' | 'nation';
  in: string | null;
  seats: Count;
  filled: Count;
  vacant: Count;
  parties: { name: string; votes: Count; seats: Count; later: number; tied: boolean }[];
  differs: boolean;
}

export interface Result {
  document: Record<string, unknown>;
  headline: string;
  seats: Count;
  majority: { house: Count; needed: Count } | null;
  whole: { votes: Count; of: string };
  law: string[];
  method: string[];
  parties: PartyResult[];
  tiers: { name: string; level: string; seats: number; idle: string[] }[];
  steps: Step[];
  ties: Tie[];
  /** Every result that is possible while ties are open: how many, and the first six. */
  results: { count: Count | null; complete: boolean; listed: { name: string; seats: Count }[][] };
  settled: { by: string; parties: string[]; among: string[] }[];
  vacant: Count;
  verified: 'correct' | 'tied' | 'wrong' | null;
  recorded: boolean | null;
  differences: { place: string | null; name: string; recorded: Count; seats: Count | null }[];
  indices: Record<'gallagher' | 'loosemore_hanby' | 'effective_parties_by_votes' | 'effective_parties_by_seats' | 'without_seats', number> | null;
  places: PlaceResult[];
  warnings: string[];
  text: string;
}

export interface Margin {
  votes: Count;
  place: string | null;
  ballots: { party: string; place: string | null; number: number }[];
  gains: { name: string; seats: Count }[];
  losses: { name: string; seats: Count }[];
  entering: string[];
  leaving: string[];
  tied: string[];
  /** Whether no smaller number does it. */
  proven: boolean;
  answered: boolean;
  then: { name: string; seats: Count }[] | null;
  text: string;
}

/** A margin, nothing where no number of votes does it, or why the search ended. */
export type FoundMargin = Margin | { error: string } | null;

export interface Margins {
  closest: FoundMargin;
  parties: { name: string; gain: FoundMargin; loss: FoundMargin }[];
  doubt: string | null;
}

export interface Column {
  name: string;
  method?: Method | null;
  without_threshold?: boolean;
}

export interface Comparison {
  own: { name: string; seats: Count; most: Count | null }[];
  columns: { name: string; same?: boolean; parties?: { name: string; seats: Count; most: Count | null }[]; error?: { code: string; message: string } }[];
}

export interface Outlook {
  parties: { name: string; votes: Count; fewest: Count; most: Count; tight: boolean }[];
  majority: string | null;
  decided: boolean;
  certain_seats: Count;
  ballots_out: Count;
}

export interface Table {
  rows: [string, string][];
  parties: { name: string; votes: Count; seats?: Count }[];
  /** Of a table with a column of districts: what a document takes of it. */
  districts: { name: string; seats?: Count; parties: { name: string; votes: Count }[] }[] | null;
  errors: { row: number; column: 'district' | 'name' | 'votes' | 'seats'; code: string; message: string; line: number | null; fix: { votes?: Count; merge?: number } | null }[];
}

export interface LawEntry {
  id: string;
  name: string;
  date: string;
  seats: number | null;
  /** Whether it gives seats in districts, or by several tiers. */
  districts: boolean;
}

export interface Law {
  id: string;
  name: string;
  date: string;
  sources: string[];
  note: string | null;
  unverified: boolean;
  law: string[];
  /** What a document takes of it: `{ ...law.keys, parties }`. */
  keys: Record<string, unknown>;
  text: string;
}

/** Votes: a typed array, or plain numbers and bigints. Seats come back in the same kind of array. */
export type Votes = BigUint64Array | Uint32Array | Uint16Array | Uint8Array | Float64Array | readonly (number | bigint)[];
/** Bigints for bigints, an array for an array, doubles for other typed arrays; bigints where a number is beyond 2^53 - 1. */
export type Seats<V extends Votes> = V extends BigUint64Array ? BigUint64Array : V extends readonly unknown[] ? number[] | BigUint64Array : Float64Array | BigUint64Array;

export interface Allocation<V extends Votes = Votes> {
  certain: Seats<V>;
  /** The parties of the open tie, counted from 0. */
  tied: number[];
  /** The seats left among them. */
  left: number | bigint;
}

export class ApportionError extends Error {
  readonly code: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly meant: string | null;
}

export class TieError extends Error {
  readonly allocation: Allocation;
}

export class Apportion {
  /** Instantiates the module: its bytes, a compiled module, or a response that brings it. */
  static load(source: BufferSource | WebAssembly.Module | Response | Promise<BufferSource | Response>): Promise<Apportion>;
  result(document: ElectionDocument): Result;
  steps(document: ElectionDocument, place?: string | null): { place: string | null; steps: Step[]; text: string };
  margins(document: ElectionDocument): Margins;
  lastSeats(document: ElectionDocument): FoundMargin[];
  comparison(document: ElectionDocument, methods?: Column[] | null): Comparison;
  outlook(document: ElectionDocument, ballotsOut: number | bigint | Record<string, number | bigint>): Outlook;
  verify(document: ElectionDocument, seats: Record<string, number | bigint>): { verdict: 'correct' | 'tied' | 'wrong'; objections: string[] };
  picture(document: ElectionDocument, kind?: 'hemicycle' | 'bars' | 'quotients' | 'remainders' | 'districts' | 'matrix', narrow?: boolean): string | null;
  protocol(document: ElectionDocument): string;
  words(document: ElectionDocument): string[];
  document(text: string): Record<string, unknown>;
  table(text: string): Table;
  rows(rows: [string, string][]): Table;
  laws(): LawEntry[];
  law(id: string): Law;
  allocate<V extends Votes>(votes: V, seats: number | bigint, method: Method): Allocation<V>;
  /** Throws a `TieError` where a tie is open. */
  seats<V extends Votes>(votes: V, seats: number | bigint, method: Method): Seats<V>;
  allocateRows<V extends Votes>(votes: V, parties: number, seats: number | bigint, method: Method): { certain: Seats<V>; tied: number[] };
  ask(question: Record<string, unknown>): Record<string, unknown>;
}

/** Loads the library once. */
export function load(): Promise<Apportion>;

/** JSON, with bigints as the digits that they are. */
export function stringify(value: unknown): string;
