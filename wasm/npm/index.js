// The library over its WebAssembly module: questions and answers as JSON, votes and seats as typed arrays.

/** Why there is no answer: what kind of mistake, where, and what may have been meant. */
export class ApportionError extends Error {
  constructor({ code, message, path, line, column, meant }) {
    super(message);
    this.name = 'ApportionError';
    this.code = code;
    this.path = path ?? null;
    this.line = line ?? null;
    this.column = column ?? null;
    this.meant = meant ?? null;
  }
}

/** A tie that is asked for as if it were none. */
export class TieError extends Error {
  constructor(allocation) {
    const seats = allocation.left === 1n || allocation.left === 1 ? '1 seat is' : `${allocation.left} seats are`;
    super(`${seats} tied among the parties ${allocation.tied.join(', ')}, counted from 0`);
    this.name = 'TieError';
    this.allocation = allocation;
  }
}

/** JSON, with bigints as the digits that they are. */
export function stringify(value) {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (typeof value.toJSON === 'function') return stringify(value.toJSON());
  if (Array.isArray(value)) return `[${value.map((one) => stringify(one) ?? 'null').join(',')}]`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && typeof one !== 'function');
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${stringify(one)}`).join(',')}}`;
}

/** Whole numbers only, as numbers or bigints: nothing is rounded on the way in. */
function whole(number, what) {
  if (typeof number === 'bigint' && number >= 0n && number < 1n << 64n) return number;
  if (Number.isSafeInteger(number) && number >= 0) return BigInt(number);
  throw new RangeError(`${what}: ${number} is not a whole number from 0 to ${typeof number === 'bigint' ? '2^64 - 1' : '2^53 - 1; use a bigint beyond'}`);
}

/** The library over a compiled module. */
export class Apportion {
  #exports;
  #methods = new Map();
  #encoder = new TextEncoder();
  #decoder = new TextDecoder();

  constructor(instance) {
    this.#exports = instance.exports;
  }

  /** Instantiates a module: its bytes, a compiled module, or a response that brings it. */
  static async load(source) {
    if (source instanceof WebAssembly.Module) return new Apportion(await WebAssembly.instantiate(source, {}));
    const response = await source;
    if (typeof Response === 'undefined' || !(response instanceof Response)) {
      return new Apportion((await WebAssembly.instantiate(response, {})).instance);
    }
    return new Apportion((await WebAssembly.instantiate(await response.arrayBuffer(), {})).instance);
  }

  #write(text) {
    const bytes = this.#encoder.encode(text);
    const at = this.#exports.input(bytes.length) >>> 0;
    new Uint8Array(this.#exports.memory.buffer, at, bytes.length).set(bytes);
  }

  #read(length) {
    const at = this.#exports.output() >>> 0;
    const answer = JSON.parse(this.#decoder.decode(new Uint8Array(this.#exports.memory.buffer, at, length)));
    if (answer.error && Object.keys(answer).length === 1) throw new ApportionError(answer.error);
    return answer;
  }

  /** Any question of the module; the functions below are its names. */
  ask(question) {
    this.#write(stringify(question));
    return this.#read(this.#exports.ask() >>> 0);
  }

  /** Who gets how many seats, and why. */
  result(document) { return this.ask({ ask: 'result', document }); }
  /** What the law decided in the nation, or in one place. */
  steps(document, place = null) { return this.ask({ ask: 'steps', document, place }); }
  /** How few votes would have changed it. */
  margins(document) { return this.ask({ ask: 'margins', document }); }
  /** The last seat of every place, the closest first. */
  lastSeats(document) { return this.ask({ ask: 'last-seats', document }).places; }
  /** The seats by other methods. */
  comparison(document, methods = null) { return this.ask({ ask: 'comparison', document, methods }); }
  /** What each party can still end with while so many ballots are out in each place. */
  outlook(document, ballotsOut) {
    const out = typeof ballotsOut === 'object' ? ballotsOut : { '': ballotsOut };
    return this.ask({ ask: 'outlook', document, out });
  }
  /** Whether these seats by party are right. */
  verify(document, seats) { return this.ask({ ask: 'verify', document, seats }); }
  /** A picture as SVG: "hemicycle", "bars", "quotients", "remainders", "districts" or "matrix"; null where it does not apply. Narrow for phones. */
  picture(document, kind = 'hemicycle', narrow = false) { return this.ask({ ask: 'picture', document, kind, narrow }).svg; }
  /** What a biproportional election prints, as HTML. */
  protocol(document) { return this.ask({ ask: 'protocol', document }).html; }
  /** The law of a document in words, a line a tier. */
  words(document) { return this.ask({ ask: 'words', document }).law; }
  /** A TOML or JSON text as a document. */
  document(text) { return this.ask({ ask: 'document', text }).document; }
  /** A pasted table: its rows, its parties or districts, and what is wrong with each. */
  table(text) { return this.ask({ ask: 'table', text }); }
  /** The same of rows of a name and votes each. */
  rows(rows) { return this.ask({ ask: 'rows', rows }); }
  /** The laws of the catalogue. */
  laws() { return this.ask({ ask: 'laws' }).laws; }
  /** One of them, with the keys that a document takes of it. */
  law(id) { return this.ask({ ask: 'law', id }); }

  /** The number by which the module calls a method. */
  #method(method) {
    const text = stringify(method);
    const known = this.#methods.get(text);
    if (known !== undefined) return known;
    this.#write(text);
    const at = this.#exports.method();
    if (at < 0) this.#read(this.#exports.answer_length() >>> 0);
    this.#methods.set(text, at);
    return at;
  }

  /** Writes votes as 64-bit numbers. */
  #votes(votes) {
    const at = this.#exports.votes(votes.length) >>> 0;
    const room = new BigUint64Array(this.#exports.memory.buffer, at, votes.length);
    if (votes instanceof BigUint64Array) {
      room.set(votes);
    } else if (votes instanceof Uint32Array || votes instanceof Uint16Array || votes instanceof Uint8Array) {
      // Two halves a number, the upper one 0: no bigint is made.
      const halves = new Uint32Array(room.buffer, at, 2 * votes.length);
      for (let i = 0; i < votes.length; i++) { halves[2 * i] = votes[i]; halves[2 * i + 1] = 0; }
    } else {
      const halves = new Uint32Array(room.buffer, at, 2 * votes.length);
      for (let i = 0; i < votes.length; i++) {
        const one = votes[i];
        if (Number.isSafeInteger(one) && one >= 0) {
          halves[2 * i] = one >>> 0;
          halves[2 * i + 1] = Math.floor(one / 4294967296);
        } else {
          room[i] = whole(one, `votes[${i}]`);
        }
      }
    }
  }

  /** The seats that were given out, in the kind of array in which votes came. */
  #seats(votes) {
    const at = this.#exports.seats() >>> 0;
    const buffer = this.#exports.memory.buffer;
    if (votes instanceof BigUint64Array) return new BigUint64Array(buffer, at, votes.length).slice();
    const halves = new Uint32Array(buffer, at, 2 * votes.length);
    const seats = Array.isArray(votes) ? new Array(votes.length) : new Float64Array(votes.length);
    let exact = true;
    for (let i = 0; i < votes.length; i++) {
      seats[i] = halves[2 * i] + 4294967296 * halves[2 * i + 1];
      exact &&= Number.isSafeInteger(seats[i]);
    }
    return exact ? seats : new BigUint64Array(buffer, at, votes.length).slice();
  }

  #tied() {
    const count = this.#exports.tied_count() >>> 0;
    return Array.from(new Uint32Array(this.#exports.memory.buffer, this.#exports.tied() >>> 0, count));
  }

  /** Votes and a number of seats to seats: those that are certain, who is tied, and the seats left among them. */
  allocate(votes, seats, method) {
    const at = this.#method(method);
    const house = whole(seats, 'seats');
    this.#votes(votes);
    const left = this.#exports.allocate(at, house);
    if (left < 0n) this.#read(this.#exports.answer_length() >>> 0);
    const small = Number(left);
    return { certain: this.#seats(votes), tied: left > 0n ? this.#tied() : [], left: Number.isSafeInteger(small) ? small : left };
  }

  /** The seats, in the kind of array in which votes came; an open tie is an error. */
  seats(votes, seats, method) {
    const allocation = this.allocate(votes, seats, method);
    if (allocation.tied.length > 0) throw new TieError(allocation);
    return allocation.certain;
  }

  /** Many allocations, `parties` numbers a row: the certain seats of all, and the rows with an open tie. */
  allocateRows(votes, parties, seats, method) {
    const at = this.#method(method);
    const house = whole(seats, 'seats');
    this.#votes(votes);
    const ties = this.#exports.allocate_rows(at, parties, house);
    if (ties < 0n) this.#read(this.#exports.answer_length() >>> 0);
    return { certain: this.#seats(votes), tied: this.#tied() };
  }
}
