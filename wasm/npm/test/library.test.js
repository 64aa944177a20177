import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { load, ApportionError, TieError } from 'apportion';

const data = new URL('../../../tests/data/', import.meta.url);
const lines = (file) => readFileSync(new URL(file, data), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const seatsOf = (result) => Object.fromEntries(result.parties.filter((party) => party.seats !== 0).map((party) => [party.name, party.seats]));

const kazakhstan = {
  name: 'Kazakhstan', seats: 98, house: 107, rule: { method: 'hare', threshold: '7%', admit_at_least: 2 },
  parties: [['Nur Otan', 5621436], ['Ak Zhol', 518405], ['CPPK', 498788], ['OSDP', 116534], ['Auyl', 82623], ['Patriots', 57732], ['Adilet', 45702]].map(([name, votes]) => ({ name, votes })),
};
const council = { seats: 7, rule: { method: 'dhondt' }, parties: [['Harbour', 4200], ['Meadow', 3150], ['Forest', 1400], ['Hill', 700]].map(([name, votes]) => ({ name, votes })) };

let library;
before(async () => { library = await load(); });

describe('seats of votes', () => {
  it('come back in the kind of array in which votes came', () => {
    assert.deepEqual(library.seats([340, 280, 160, 60], 7, 'dhondt'), [3, 3, 1, 0]);
    assert.deepEqual(library.seats(BigUint64Array.of(340n, 280n, 160n, 60n), 7, 'dhondt'), BigUint64Array.of(3n, 3n, 1n, 0n));
    assert.deepEqual(library.seats(Uint32Array.of(340, 280, 160, 60), 7, 'dhondt'), Float64Array.of(3, 3, 1, 0));
    assert.deepEqual(library.seats(Float64Array.of(340, 280, 160, 60), 7, { divisor: 'dhondt' }), Float64Array.of(3, 3, 1, 0));
  });

  it('are exact beyond what a number holds', () => {
    assert.deepEqual(library.seats([2n ** 53n, 2n ** 53n + 1n], 1, 'hare'), [0, 1]);
    assert.deepEqual(library.seats([1], 2n ** 64n - 1n, 'hare'), BigUint64Array.of(2n ** 64n - 1n));
    assert.deepEqual(library.seats([2 ** 40 + 1, 2 ** 40], 1, 'dhondt'), [1, 0]);
  });

  it('with a tie are certain ones and who is tied, and an error where none is asked for', () => {
    assert.deepEqual(library.allocate([10, 10, 1], 3, 'dhondt'), { certain: [1, 1, 0], tied: [0, 1], left: 1 });
    assert.throws(() => library.seats([10, 10], 3, 'dhondt'), (error) => error instanceof TieError && error.allocation.left === 1);
  });

  it('of a million rows stand in rows, with those that are tied', () => {
    const { certain, tied } = library.allocateRows(Uint32Array.of(60, 40, 10, 10, 1, 0), 2, 3, 'dhondt');
    assert.deepEqual([...certain], [2, 1, 1, 1, 3, 0]);
    assert.deepEqual(tied, [1]);
  });

  it('are refused where votes are no counts, a method is none, or rows do not come out even', () => {
    for (const votes of [[1.5], [-1], [NaN], [2 ** 53], [2n ** 64n], [-1n]]) assert.throws(() => library.seats(votes, 1, 'hare'), RangeError);
    assert.throws(() => library.seats([1], 1.5, 'hare'), RangeError);
    assert.throws(() => library.seats([1], 1, 'hair'), (error) => error instanceof ApportionError && error.code === 'method');
    assert.throws(() => library.allocateRows([1, 2, 3], 2, 1, 'hare'), ApportionError);
    assert.throws(() => library.seats([0, 0], 1, 'hare'), ApportionError);
    // After a refusal all goes on.
    assert.deepEqual(library.seats([3, 1], 4, 'hare'), [3, 1]);
  });

  it('agree with a plain loop on random votes', () => {
    let seed = 7;
    const random = (limit) => { seed = (seed * 48271) % 2147483647; return seed % limit; };
    for (let round = 0; round < 300; round++) {
      const votes = Array.from({ length: 1 + random(9) }, () => 1 + random(100000));
      const seats = random(60);
      const given = votes.map(() => 0);
      for (let seat = 0; seat < seats; seat++) {
        let best = 0;
        for (let party = 1; party < votes.length; party++) if (votes[party] * (given[best] + 1) > votes[best] * (given[party] + 1)) best = party;
        given[best] += 1;
      }
      const { certain, tied } = library.allocate(votes, seats, 'dhondt');
      if (tied.length === 0) assert.deepEqual(certain, given, `${votes} for ${seats}`);
      else certain.forEach((sure, party) => assert.ok(given[party] - sure === 0 || (given[party] - sure === 1 && tied.includes(party))));
    }
  });
});

describe('a document', () => {
  it('is answered with seats, shares, the line and what stands beside it', () => {
    const result = library.result(kazakhstan);
    assert.deepEqual(seatsOf(result), { 'Nur Otan': 83, 'Ak Zhol': 8, CPPK: 7 });
    const [nurOtan, akZhol, , osdp] = result.parties;
    assert.deepEqual([nurOtan.share, nurOtan.share_of_seats, nurOtan.difference], ['81.0', '84.7', '+3.7']);
    assert.deepEqual([akZhol.line.spare, akZhol.line.needed, osdp.line.short], [34967, 485886, 397153]);
    assert.equal(osdp.admitted, false);
    assert.deepEqual(result.majority, { house: 107, needed: 54 });
    assert.equal(result.verified, 'correct');
    const { quotas } = result.steps.find((step) => step.quotas);
    assert.deepEqual([quotas.cost, quotas.left, quotas.shares[0].left_over], ['67,741.11', 2, '66,664.79']);
  });

  it('is the same as an object, as JSON and as TOML', () => {
    const toml = `seats = 3\nrule = { method = "dhondt" }\n[[parties]]\nname = "A"\nvotes = 10\n[[parties]]\nname = "B"\nvotes = 5\n`;
    const object = { seats: 3, rule: { method: 'dhondt' }, parties: [{ name: 'A', votes: 10 }, { name: 'B', votes: 5n }] };
    const answers = [object, JSON.stringify({ ...object, parties: [{ name: 'A', votes: 10 }, { name: 'B', votes: 5 }] }), toml].map((one) => library.result(one));
    assert.deepEqual(answers[1], answers[0]);
    assert.deepEqual(answers[2], answers[0]);
  });

  it('keeps votes beyond 2^53 as digits, both ways', () => {
    const result = library.result({ seats: 1, rule: { method: 'hare' }, parties: [{ name: 'A', votes: 2n ** 63n }, { name: '12', votes: String(2n ** 63n + 1n) }] });
    assert.deepEqual(result.parties.map((party) => [party.name, party.votes, party.seats]), [['A', '9223372036854775808', 0], ['12', '9223372036854775809', 1]]);
    assert.deepEqual(library.result(result.document).parties, result.parties);
  });

  it('with a tie shows who would win by which rule, and every result', () => {
    const result = library.result(council);
    assert.deepEqual(result.ties.map(({ parties, seats, most_votes, fewest_votes }) => [parties, seats, most_votes, fewest_votes]), [[['Harbour', 'Meadow'], 1, ['Harbour'], ['Meadow']]]);
    assert.equal(result.results.count, 2);
    assert.deepEqual(result.results.listed.map((end) => end.map((party) => party.seats)), [[4, 2, 1, 0], [3, 3, 1, 0]]);
    assert.deepEqual([result.parties[0].seats, result.parties[0].most], [3, 4]);
    const drawn = library.result({ ...council, rule: { method: 'dhondt', tie_break: { drawn: ['Meadow'] } } });
    assert.deepEqual(drawn.settled.map((settled) => settled.parties), [['Meadow']]);
    assert.equal(drawn.ties.length, 0);
  });

  it('that is wrong is refused with its place and what was meant', () => {
    const refused = (document) => { try { library.result(document); } catch (error) { return error; } return assert.fail('it was answered'); };
    const json = refused('{\n  "seats": 1,\n  "rule": { "metod": "hare" },\n  "parties": []\n}');
    assert.equal(json.line, 3);
    assert.equal(json.meant, 'method');
    const toml = refused('seats = 1\nrule = { method = "hare" }\n[[parties]]\nname = "A"\nvotes = -4\n');
    assert.deepEqual([toml.line, toml.path], [5, 'parties[0].votes']);
    const syntax = refused('seats = \n');
    assert.deepEqual([syntax.code, syntax.line], ['syntax', 1]);
    const twice = refused({ ...council, parties: [{ name: 'A', votes: 1 }, { name: 'A', votes: 1 }] });
    assert.match(twice.message, /"A"/);
    assert.throws(() => library.result({ ...council, rule: { method: 'hare', threshold: '200%' } }), ApportionError);
  });
});

describe('every election of the repository', () => {
  for (const file of ['elections.jsonl', 'districts.jsonl', 'tiers.jsonl']) {
    it(`in ${file} has its official seats`, () => {
      const elections = lines(file);
      assert.ok(elections.length > 3);
      for (const election of elections) {
        const result = library.result(election);
        assert.notEqual(result.recorded, false, `${election.id}: ${JSON.stringify(result.differences.slice(0, 3))}`);
      }
    });
  }
});

describe('questions', () => {
  it('are answered with all that a change of votes does', () => {
    const { closest, parties } = library.margins(kazakhstan);
    assert.equal(closest.votes, 9809);
    const cppk = parties.find((party) => party.name === 'CPPK');
    assert.equal(cppk.loss.votes, 13874);
    assert.deepEqual(cppk.loss.leaving, ['CPPK']);
    assert.deepEqual(cppk.loss.gains, [{ name: 'Nur Otan', seats: 7 }]);
    assert.equal(parties.find((party) => party.name === 'OSDP').gain.votes, 397153);
  });

  it('compare methods, also the law without its threshold', () => {
    const { columns } = library.comparison(kazakhstan);
    const seats = (name) => columns.find((column) => column.name === name).parties.map((party) => party.seats);
    assert.deepEqual(seats("D'Hondt"), [84, 7, 7, 0, 0, 0, 0]);
    assert.deepEqual(seats('This law without a threshold'), [79, 7, 7, 2, 1, 1, 1]);
    const own = library.comparison(kazakhstan, [{ name: 'mine', method: { divisor: 'adams' } }]);
    assert.equal(own.columns.length, 1);
  });

  it('tell what is still possible, and whether seats are right', () => {
    const { parties } = library.outlook({ seats: 3, rule: { method: 'dhondt' }, parties: [{ name: 'A', votes: 60 }, { name: 'B', votes: 40 }] }, 30);
    assert.deepEqual(parties.map((party) => [party.fewest, party.most]), [[1, 2], [1, 2]]);
    assert.equal(library.verify(kazakhstan, { 'Nur Otan': 83, 'Ak Zhol': 8, CPPK: 7 }).verdict, 'correct');
    const wrong = library.verify(kazakhstan, { 'Nur Otan': 82, 'Ak Zhol': 8, CPPK: 8 });
    assert.equal(wrong.verdict, 'wrong');
    assert.ok(wrong.objections.length > 0);
  });

  it('read a table with a row for each district and party', () => {
    const { districts, errors } = library.table('district,party,votes,seats\nNorth,A,60,2\nNorth,B,25,2\nSouth,B,50,1\n');
    assert.deepEqual(errors, []);
    const result = library.result({ rule: { method: 'dhondt' }, districts });
    assert.deepEqual(result.parties.map(({ name, seats }) => [name, seats]), [['A', 2], ['B', 1]]);
    assert.equal(library.table('party,votes\nA,1').districts, null);
  });

  it('draw pictures, and none where there is nothing to draw', () => {
    assert.match(library.picture(kazakhstan), /^<svg [^]*Nur Otan[^]*<\/svg>/);
    assert.match(library.picture(kazakhstan, 'bars'), /^<svg/);
    assert.match(library.picture(kazakhstan, 'bars', true), /viewBox="0 0 328 /);
    assert.match(library.picture(kazakhstan, 'remainders'), /^<svg/);
    assert.equal(library.picture(kazakhstan, 'quotients'), null);
  });

  it('find the last seat of each of the districts of Norway', () => {
    const norway = lines('tiers.jsonl').find((election) => election.id === 'no-storting-2021');
    const places = library.lastSeats(norway);
    assert.equal(places.length, 19);
    assert.deepEqual([places[0].place, places[0].votes], ['Nordland', 83]);
    const result = library.result(norway);
    assert.equal(result.places.length, 19);
    assert.deepEqual(result.tiers.map((tier) => tier.seats), [150, 19]);
  });

  it('that are none are refused', () => {
    assert.throws(() => library.ask({ ask: 'weather' }), (error) => error.code === 'question');
    assert.throws(() => library.law('xx-1900'), (error) => error.code === 'law');
    assert.throws(() => library.steps(kazakhstan, 'Nowhere'), (error) => error.code === 'place');
  });
});

describe('the catalogue', () => {
  it('has every law, each in words, and gives out seats', () => {
    const laws = library.laws();
    assert.ok(laws.length > 200);
    let answered = 0;
    for (const { id } of laws) {
      const law = library.law(id);
      assert.ok(law.law.length > 0, id);
      if (law.keys.tiers || !law.keys.seats) continue;
      const parties = kazakhstan.parties.map((party) => ({ ...party, members: 1 }));
      try { library.result({ ...law.keys, tally: { cast: 9000000, registered: 9500000 }, parties }); answered += 1; } catch (error) { assert.ok(error instanceof ApportionError, `${id}: ${error}`); }
    }
    assert.ok(answered > 30, `${answered} laws answered`);
  });
});
