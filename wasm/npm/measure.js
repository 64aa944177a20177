// Prints what the module weighs and how long it takes, against what it is meant to reach: `node measure.js`. With `--strict` a
// figure beyond its limit ends it with status 1. Times are the best of several runs, as other programs take their share of the
// machine.

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Apportion } from './index.js';

const bytes = readFileSync(new URL('./apportion.wasm', import.meta.url));
const norway = readFileSync(new URL('../../tests/data/tiers.jsonl', import.meta.url), 'utf8').split('\n').map((line) => line && JSON.parse(line)).find((one) => one.id === 'no-storting-2021');
const kazakhstan = readFileSync(new URL('../../tests/data/elections.jsonl', import.meta.url), 'utf8').split('\n').map((line) => line && JSON.parse(line)).find((one) => one.id === 'kz-majilis-2012');

let failed = false;
function row(what, figure, unit, limit = null) {
  const over = limit !== null && figure > limit;
  failed ||= over;
  console.log(`${what.padEnd(46)} ${figure.toLocaleString('en', { maximumFractionDigits: 3 }).padStart(10)} ${unit}${limit === null ? '' : `  (at most ${limit}${over ? ': NOT MET' : ''})`}`);
}

/** The best of some runs of so many calls, in milliseconds a call. */
async function best(calls, call, runs = 7) {
  let fastest = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    for (let at = 0; at < calls; at++) await call(at);
    fastest = Math.min(fastest, (performance.now() - start) / calls);
  }
  return fastest;
}
function bestOf(calls, call, runs = 7) {
  let fastest = Infinity;
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    for (let at = 0; at < calls; at++) call(at);
    fastest = Math.min(fastest, (performance.now() - start) / calls);
  }
  return fastest;
}

row('size', bytes.length, 'bytes');
row('size, gzipped', gzipSync(bytes, { level: 9 }).length, 'bytes', 450 * 1024);
row('load', await best(1, () => Apportion.load(bytes)), 'ms', 60);
const library = await Apportion.load(bytes);
row('a document answered (Kazakhstan 2012)', bestOf(20, () => library.result(kazakhstan)), 'ms', 10);
row('all margins of it', bestOf(5, () => library.margins(kazakhstan)), 'ms');
row('Norway 2021 answered', bestOf(2, () => library.result(norway)), 'ms');
row('all margins of Norway 2021', bestOf(1, () => library.margins(norway), 3), 'ms', 300);
row('its last seats, place by place', bestOf(1, () => library.lastSeats(norway), 3), 'ms');

const base = [11377288, 11002311, 6851932, 6271200, 5757799, 4297270, 3000000, 1200000];
let seed = 1;
const random = () => { seed = (seed * 48271) % 2147483647; return seed / 2147483647; };
const many = Array.from({ length: 256 }, () => Uint32Array.from(base, (votes) => votes * (0.5 + random())));
const rows = 100000;
const votes = new BigUint64Array(rows * 8);
for (let at = 0; at < votes.length; at++) votes[at] = BigInt(many[(at >> 3) & 255][at & 7]);
row("D'Hondt, 8 parties, 630 seats: seats()", 1e6 * bestOf(20000, (at) => library.seats(many[at & 255], 630, 'dhondt')), 'ns');
row('the same in 100,000 rows', (1e6 / rows) * bestOf(1, () => library.allocateRows(votes, 8, 630, 'dhondt')), 'ns a row');
const loop = (list, seats) => { const given = list.map(() => 0); for (let seat = 0; seat < seats; seat++) { let first = 0; for (let party = 1; party < list.length; party++) if (list[party] * (given[first] + 1) > list[first] * (given[party] + 1)) first = party; given[first]++; } return given; };
row('the same by a plain loop of JavaScript', 1e6 * bestOf(200, (at) => loop([...many[at & 255]], 630)), 'ns');
process.exitCode = failed && process.argv.includes('--strict') ? 1 : 0;
