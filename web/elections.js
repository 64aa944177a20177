// The elections of the first page: the figures of the library's tests, with names and colours to show them by.
// `node elections.js FOLDER` writes them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const data = new URL('../tests/data/', import.meta.url);

/** Name, short name, colour and place from left to right by the name in the tests. */
const DRESSED = {
  'kazakhstan-2012': {
    from: ['elections.jsonl', 'kz-majilis-2012'],
    also: { name: 'Kazakhstan, Majilis, party lists', house: 107 },
    parties: { "CPPK (Communist People's Party)": { name: 'Communist People’s Party', short: 'CPPK' }, 'Party of Patriots': { short: 'Patriots' } },
  },
  'norway-2021': {
    from: ['tiers.jsonl', 'no-storting-2021'],
    also: { name: 'Norway, Storting' },
    parties: {
      RØDT: { name: 'Red', colour: '#8a1a1a', order: 1 },
      SV: { name: 'Socialist Left', short: 'Soc. Left', colour: '#d8418f', order: 2 },
      A: { name: 'Labour', colour: '#c8102e', order: 3 },
      SP: { name: 'Centre Party', short: 'Centre', colour: '#3f8f29', order: 4 },
      MDG: { name: 'Greens', colour: '#84a92f', order: 5 },
      PF: { name: 'Patient Focus', short: 'Patient F.', colour: '#767c83', order: 6 },
      KRF: { name: 'Christian Democrats', short: 'Chr. Dem.', colour: '#dda400', order: 7 },
      V: { name: 'Liberals', colour: '#12978c', order: 8 },
      H: { name: 'Conservatives', short: 'Cons.', colour: '#1f77c9', order: 9 },
      FRP: { name: 'Progress Party', short: 'Progress', colour: '#24407f', order: 10 },
    },
  },
  'barcelona-2011': {
    from: ['elections.jsonl', 'es-loc-barcelona-2011'],
    also: { name: 'Barcelona, city council' },
    parties: {
      'CiU - CONVERGÈNCIA I UNIÓ': { name: 'CiU (Convergència i Unió)', short: 'CiU' },
      'PSC-PM - PARTIT DELS SOCIALISTES DE CATALUNYA - PROGRÈS MUNICIPAL': { name: 'PSC (Socialists)', short: 'PSC' },
      'P.P. - PARTIDO POPULAR/PARTIT POPULAR': { name: 'PP (People’s Party)', short: 'PP' },
      'ICV-EUIA-E - INICIATIVA PER CATALUNYA VERDS-ESQUERRA UNIDA I ALTERNATIVA-ENTESA': { name: 'ICV (Greens and United Left)', short: 'ICV' },
      'UpB-ERC-Ri.Cat-DCat-AM - Unitat per Barcelona-ESQUERRA REPUBLICANA DE CATALUNYA-REAGRUPAMENT-DEMOCRACIA CATALANA-Acord Municipal':
        { name: 'ERC (Unity for Barcelona)', short: 'ERC' },
    },
  },
};

function dressed({ from: [file, id], also, parties }) {
  const line = readFileSync(new URL(file, data), 'utf8').split('\n').find((text) => text.includes(`"id": "${id}"`) || text.includes(`"id":"${id}"`));
  const election = JSON.parse(line);
  const found = new Set();
  const rows = (list, looks) => list.map((party) => {
    const dress = parties[party.name];
    if (!dress) return party;
    found.add(party.name);
    return { ...party, ...(looks ? dress : { name: dress.name ?? party.name }) };
  });
  const made = { ...election, ...also, parties: rows(election.parties, true) };
  if (election.districts) made.districts = election.districts.map((place) => ({ ...place, parties: rows(place.parties, false) }));
  const unknown = Object.keys(parties).filter((name) => !found.has(name));
  if (unknown.length > 0) throw new Error(`${id} has no party ${unknown.join(', ')}`);
  return made;
}

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
for (const [name, dress] of Object.entries(DRESSED)) writeFileSync(`${folder}/${name}.json`, JSON.stringify(dressed(dress)));
