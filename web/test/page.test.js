import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { WIDTHS, becomes, faint, overflowing, overlapping, says, settledDown, shot, start, unnamed, visit } from './browser.js';

const KAZAKHSTAN = 'Party\tVotes\nNur Otan\t5,621,436\nAk Zhol\t518,405\nCPPK\t498,788\nOSDP\t116,534\nAuyl\t82,623\nPatriots\t57,732\nAdilet\t45,702\n';
const COUNCIL = JSON.stringify({ name: 'Invented council', seats: 7, rule: { method: 'dhondt' }, parties: [['Harbour', 4200], ['Meadow', 3150], ['Forest', 1400], ['Hill', 700]].map(([name, votes]) => ({ name, votes })) });

const DISTRICTS = 'district;party;votes;seats\nNorth;Harbour;1.200;5\nNorth;Meadow;900;5\nNorth;Forest;300;5\nSouth;Meadow;800;3\nSouth;Harbour;410;3\nSouth;Harbour;90;3\n';
/** The first election by double proportionality anywhere. */
const zurich = () => JSON.stringify(JSON.parse(readFileSync(new URL('../../tests/data/biproportional.jsonl', import.meta.url), 'utf8').split('\n')[0]).document);

let world;
before(async () => { world = await start(); });
after(async () => { await world.stop(); });

const heading = async (page) => (await page.locator('h1').innerText()).replaceAll('\u00a0', ' ');
/** The cells of a row of the table of seats. */
const row = async (page, name) => (await page.locator('section.seats tbody tr', { has: page.getByRole('rowheader', { name }) }).locator('td').allInnerTexts()).map((cell) => cell.trim());
const fresh = async (hash, options) => visit(world, hash, options);

async function paste(page, words, { law = null, seats = null } = {}) {
  await page.getByLabel('Votes', { exact: true }).fill(words);
  if (law) await page.getByLabel('Law').selectOption(law);
  if (seats) await page.getByLabel('Seats', { exact: true }).fill(seats);
  await page.getByRole('button', { name: 'Show the seats' }).click();
}

describe('a result', () => {
  it('says first who won, then how many, whether it is official and how close it was', async () => {
    const page = await fresh('#kazakhstan-2012');
    await becomes(() => heading(page), 'Nur Otan takes 83 of the 98 list seats');
    await says(page, '.lede', /Ak Zhol has 8 and Communist People’s Party 7\. Four parties stayed below 7% of the votes and have none\. Nine more deputies/);
    await becomes(() => row(page, 'Nur Otan'), ['83', '84.7%', '81.0%', '5,621,436']);
    await settledDown(page);
    await becomes(() => page.locator('.facts li').allInnerTexts(), ['✓ Same seats as the official result', 'No tie', 'Closest seat: 9,809 votes']);
    await says(page, '#close', /9,809 votes\s+moved from Ak Zhol to Communist People’s Party would have moved one seat with them: 7 and 8 instead of 8 and 7/);
    await says(page, '#close', /13,874 voters\s+of Communist People’s Party staying at home would have put it below 7%, and Nur Otan would have had 7 more: 90\./);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('answers in short what people ask, within the first screen and one scroll', async () => {
    const page = await fresh('#kazakhstan-2012');
    await settledDown(page);
    for (const answer of [/Why is OSDP out\?\s+1\.7% of the votes is below the line of 7%: 397,153 votes short/, /no line\?\s+Nur Otan 79 instead of 83/, /D’Hondt\?\s+Nur Otan 84 instead of 83 and Ak Zhol 7 instead of 8/,
      /Who could govern\?\s+Nur Otan alone: 83 seats; 54 of 107 are a majority/, /closest\?\s+9,809 votes moved from Ak Zhol/, /at a tie\?\s+There is none; at equal claims the seat stays open/, /check it\?\s+Yes/]) await says(page, '#short', answer);
    await page.locator('#short summary').click();
    await says(page, '#short-out', /Auyl: 1\.2%, 433,616 votes short\s+Party of Patriots/);
    await page.locator('#short').getByRole('link', { name: 'Reasons' }).click();
    await becomes(() => page.evaluate(() => document.activeElement.id), 'why-title');
    await page.context().close();
    const norway = await fresh('#norway-2021');
    await norway.locator('#short summary').click();
    await norway.waitForFunction(() => /Nordland/.test(document.getElementById('short').textContent), null, { timeout: 180000 });
    // What is worked out later folds nothing up, and takes no focus away.
    await becomes(() => norway.locator('#short details').evaluate((details) => details.open), true);
    await becomes(() => norway.evaluate(() => document.activeElement.closest('details')?.className), 'others');
    for (const answer of [/It takes three at least, such as Labour, Conservatives and Centre Party with 112/, /In Nordland: 83 votes more for Conservatives/, /the party with more votes has the seat/]) await says(norway, '#short', answer);
    await norway.context().close();
  });

  /** Where the answer to each question of ten people stands, as far as one document has it, and words of it. */
  const ASKED = {
    'who won': ['h1', /Nur Otan takes 83 of the 98 list seats/],
    'why is OSDP out': ['#short-out', /Why is OSDP out\?\s+1\.7% of the votes is below the line of 7%/],
    'how many votes short': ['#short-out b', /397,153 votes/],
    'what if nobody had been below the line': ['#short-line', /no line\?\s+Nur Otan 79 instead of 83/],
    'is it official': ['.facts .ok', /Same seats as the official result/],
    'what would D’Hondt give': ['#short-dhondt', /Nur Otan 84 instead of 83/],
    'who could govern': ['#short-govern', /Nur Otan alone: 83 seats; 54 of 107 are a majority/],
    'what happens at a tie': ['#short-tie', /There is none; at equal claims the seat stays open/],
    'where was it closest': ['#short-closest', /9,809 votes moved from Ak Zhol/],
    'may I check it': ['#short-check', /Yes/],
  };
  const AT_A_TIE = { 'what happens at a tie': ['#short-tie', /The seat stays open until a lot or a rule decides/], 'why is it tied': ['#tie-title', /Why it is tied/] };
  const IN_NORWAY = { 'where was it closest': ['#short-closest', /In Nordland: 83 votes more for Conservatives/], 'who could govern': ['#short-govern', /It takes three at least/] };
  for (const [width, height] of [[360, 740], [1280, 800]]) {
    it(`answers ten people's questions in the first screen and one scroll, ${width} wide`, async () => {
      const within = async (page, asked) => {
        for (const [question, [selector, words]] of Object.entries(asked)) {
          await page.waitForFunction(([where, [source, flags]]) => new RegExp(source, flags).test(document.querySelector(where)?.innerText.replaceAll('\u00a0', ' ') ?? ''), [selector, [words.source, words.flags]]);
          const bottom = await page.locator(selector).first().evaluate((element) => element.getBoundingClientRect().bottom + scrollY);
          assert.ok(bottom <= 2 * height, `${question}: ends at ${Math.round(bottom)} of ${2 * height}`);
        }
        await page.context().close();
      };
      const viewport = { viewport: { width, height } };
      const kazakhstan = await fresh('#kazakhstan-2012', viewport);
      await settledDown(kazakhstan);
      await within(kazakhstan, ASKED);
      const council = await fresh('', viewport);
      await paste(council, COUNCIL);
      await council.locator('#tie').waitFor();
      await settledDown(council);
      await within(council, AT_A_TIE);
      const norway = await fresh('#norway-2021', viewport);
      await settledDown(norway);
      await within(norway, IN_NORWAY);
    });
  }

  it('says why: the price of a seat, who was let in and by how much, who was next', async () => {
    const page = await fresh('#kazakhstan-2012');
    await settledDown(page);
    await says(page, '#why', /67,741\.11 votes the price of a seat \(the Hare quota\)/);
    await says(page, '#why', /7\.5% of the votes, with 34,967 votes to spare above the line of 7%/);
    await page.getByRole('button', { name: 'Show all seven parties' }).click();
    await says(page, '#why', /OSDP[^]*With 397,153 more votes it would have reached the line/);
    await page.getByText('Every step, with its numbers').click();
    await says(page, '#why', /A seat costs 6,638,629 votes \/ 98 seats = 67,741\.11 votes/);
    await page.context().close();
  });

  it('is compared with other methods, changes marked', async () => {
    const page = await fresh('#kazakhstan-2012');
    await settledDown(page);
    await becomes(async () => (await page.locator('#other tbody tr').first().locator('td').allInnerTexts()).map((cell) => cell.trim()), ['83', '83', '84 +1', '84 +1', '83', '79 −4']);
    await says(page, '#other .note', /Swipe|How to read it/);
    await page.context().close();
  });

  it('of tiers and districts says who missed the last seat, who could govern, and where it was closest', async () => {
    const page = await fresh('#norway-2021');
    await becomes(() => heading(page), 'Labour is the largest party with 48 seats; nobody has the majority of 85');
    await says(page, '.lede', /The last of the 169 seats went to Progress Party\. Socialist Left missed it by 103 votes\./);
    await becomes(async () => (await row(page, 'Socialist Left'))[0], '13');
    await page.getByRole('checkbox', { name: /Labour/ }).check();
    await page.getByRole('checkbox', { name: /Centre/ }).check();
    await says(page, '.coal [role=status]', /76 seats: 9 short of a majority/);
    await page.getByRole('checkbox', { name: /Soc. Left/ }).check();
    await says(page, '.coal [role=status]', /89 seats: a majority, 4 above the 85 needed/);
    await page.locator('.places .note', { hasText: 'votes short' }).first().waitFor({ timeout: 180000 });
    await page.getByRole('button', { name: 'Closest first' }).click();
    await says(page, '.places li', /Nordland[^]*83 votes short/);
    await page.getByLabel('Find a district').fill('oslo');
    await becomes(() => page.locator('.places li').count(), 1);
    await page.getByRole('button', { name: 'As a table' }).click();
    await says(page, '#places table', /Oslo\s+20/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});

describe('votes', () => {
  it('are pasted as a table with a law of the catalogue', async () => {
    const page = await fresh('');
    await paste(page, KAZAKHSTAN, { law: 'kz-2012' });
    await page.waitForFunction(() => /83/.test(document.querySelector('h1').textContent));
    await becomes(() => heading(page), 'Nur Otan takes 83 of the 98 seats');
    await says(page, '#data', /Not needed this time: the clause that at least 2 parties take part/);
    await page.context().close();
  });

  it('are dropped as a file', async () => {
    const page = await fresh('');
    const toml = readFileSync(new URL('../../examples/elections/kz-2012.toml', import.meta.url), 'utf8');
    await page.evaluate((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'kz-2012.toml'));
      document.getElementById('drop').dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }, toml);
    await page.waitForFunction(() => /83/.test(document.querySelector('h1').textContent));
    await says(page, '.facts', /Same seats as the official result/);
    await page.context().close();
  });

  it('are typed by hand with a method, and the seats appear while one types', async () => {
    const page = await fresh('#edit');
    await page.getByLabel('Law').selectOption('method');
    await page.getByLabel('How the votes become seats').selectOption({ label: 'Highest averages, D’Hondt' });
    for (const [at, [name, votes]] of [['A', '340'], ['B', '280'], ['C', '160']].entries()) {
      await page.getByLabel(`Party ${at + 1}`, { exact: true }).fill(name);
      await page.getByLabel(`Votes of ${name}`).fill(votes);
    }
    await page.getByLabel('Seats', { exact: true }).fill('7');
    await page.waitForFunction(() => /A, B|3 seats/.test(document.getElementById('preview').textContent));
    await says(page, '#preview', /A\s+3/);
    await page.getByLabel('Votes needed to take part').fill('21%');
    await page.waitForFunction(() => /A takes/.test(document.getElementById('preview').textContent));
    await page.getByRole('button', { name: 'Show the seats' }).click();
    await page.waitForFunction(() => location.hash.startsWith('#e='));
    await becomes(() => heading(page), /A takes 4 of the 7 seats/);
    await page.context().close();
  });

  it('are pasted as a table of districts, whose seats stand in it or are asked for', async () => {
    const page = await fresh('');
    await paste(page, DISTRICTS, { law: 'method' });
    await page.waitForFunction(() => location.hash.startsWith('#e=') || !document.getElementById('summary')?.hidden);
    await becomes(() => heading(page), 'Meadow is the largest party with 4 seats; nobody has the majority of 5');
    await says(page, '#places', /North\s+5 seats[^]*Harbour 2, Meadow 2, Forest 1[^]*South\s+3 seats[^]*Meadow 2, Harbour 1/);
    const bare = await fresh('');
    await paste(bare, DISTRICTS.replaceAll(/;[35]$/gm, '').replace(';seats', ''), { law: 'method' });
    await bare.locator('#summary').waitFor();
    await says(bare, '#seats-wrong', /How many seats has each district\?/);
    await bare.getByLabel('Seats of each district').fill('3');
    await bare.waitForFunction(() => document.getElementById('summary').hidden);
    await says(bare, '#preview', /All parties\s+6/);
    const table = bare.locator('#text');
    await table.fill((await table.inputValue()).replace('1.200', '1.2'));
    await bare.waitForFunction(() => document.querySelector('#text').getAttribute('aria-invalid') === 'true');
    await says(bare, '#text-wrong', /1\.2 is not a whole number of votes\.[^]*\(Line 2\)/);
    await says(bare, '#preview', /before your last change/);
    assert.deepEqual([...page.complaints, ...bare.complaints], []);
    await page.context().close();
    await bare.context().close();
  });

  it('beyond 2^53 are shown to the last digit', async () => {
    const page = await fresh('');
    await paste(page, '{"seats": 1, "rule": {"method": "hare"}, "parties": [{"name": "A", "votes": 9223372036854775808}, {"name": "B", "votes": 9223372036854775809}]}');
    await page.waitForFunction(() => /B takes all/.test(document.querySelector('h1').textContent));
    await becomes(async () => (await row(page, 'A')).at(-1), '9,223,372,036,854,775,808');
    await page.context().close();
  });
});

describe('ballots that are still out', () => {
  it('leave each party with the fewest and the most seats that it can have', async () => {
    const page = await fresh('#kazakhstan-2012');
    await page.getByText('See which seats could still change').click();
    await page.getByLabel('Ballots still out', { exact: true }).fill('30,000');
    await page.getByRole('button', { name: 'Show what is still possible' }).click();
    await page.locator('#out table').waitFor();
    await says(page, '#out [role=status]', /96 of the 98 seats are certain, whatever the 30,000 ballots say\./);
    const fewestAndMost = async () => (await page.locator('#out tbody tr').allInnerTexts()).map((cells) => cells.trim().split(/\s*\t\s*|\n+/).filter(Boolean).slice(-2));
    await becomes(fewestAndMost, [['82', '83'], ['7', '8'], ['7', '8']]);
    await page.getByLabel('Ballots still out', { exact: true }).fill('many');
    await page.keyboard.press('Enter');
    await says(page, '#out-ballots-wrong', /many is not a number of votes/);
    await becomes(() => page.evaluate(() => document.activeElement.id), 'out-ballots');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('are told by district where there are several', async () => {
    const page = await fresh('');
    await paste(page, DISTRICTS, { law: 'method' });
    await page.locator('#places').waitFor();
    await page.getByText('See which seats could still change').click();
    const field = page.getByLabel('Ballots still out, a district a line');
    await field.fill('West  50');
    await page.getByRole('button', { name: 'Show what is still possible' }).click();
    await page.waitForFunction(() => /West/.test(document.getElementById('out-ballots-wrong').textContent));
    await field.fill('South  1');
    await page.getByRole('button', { name: 'Show what is still possible' }).click();
    await page.waitForFunction(() => /no seat changes any more/.test(document.querySelector('#out [role=status]').textContent));
    await page.context().close();
  });
});

describe('parties and districts at once', () => {
  it('are a picture, the same numbers as a table, and a protocol to take away', async () => {
    const page = await fresh('');
    await paste(page, zurich());
    await page.locator('#matrix').waitFor();
    await says(page, '.facts', /Same seats as the official result/);
    await page.waitForFunction(() => { const image = document.querySelector('#matrix img.desk'); return image.complete && image.naturalWidth > 0; });
    await becomes(() => page.locator('#matrix img.desk').getAttribute('alt'), /^Seats of \d+ parties in \d+ districts/);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the protocol' }).click()]);
    const protocol = readFileSync(await download.path(), 'utf8');
    assert.match(protocol, /^<!doctype html>[^]*<title>City of Zürich[^]*<td>SP<\/td><td>23,180<\/td>[^]*<\/html>$/);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });

  it('are left out where the law has none', async () => {
    const page = await fresh('#norway-2021');
    await page.locator('#places').waitFor();
    await becomes(() => page.locator('#matrix').count(), 0);
    await page.context().close();
  });
});

describe('a mistake', () => {
  const broken = 'party,votes\nNur Otan,"5,621,436"\nAk Zhol,"518,405"\nCPPK,498.78\nAuyl,"82,623"\nAuyl,"57,732"\n';

  it('stands at its field and once above, and the last good result stays below', async () => {
    const page = await fresh('#kazakhstan-2012');
    await page.getByRole('link', { name: /^Edit/ }).click();
    const votes = page.getByLabel('Votes of Communist People’s Party');
    await votes.fill('498.78');
    await page.waitForFunction(() => document.querySelector('#row-2-votes').getAttribute('aria-invalid') === 'true');
    await becomes(() => votes.getAttribute('aria-describedby'), 'row-2-votes-wrong');
    await says(page, '#row-2-votes-wrong', /498\.78 is not a whole number of votes\. If it is in thousands, write 498,780\./);
    await says(page, '#summary', /One thing to mend before there is a result: Votes of Communist/);
    await says(page, '#preview', /Nur Otan takes 83[^]*before your last change/);
    await becomes(() => votes.inputValue(), '498.78');
    await page.getByRole('button', { name: 'Show the seats' }).focus();
    await page.keyboard.press('Enter');
    await becomes(() => page.evaluate(() => document.activeElement.id), 'summary');
    await page.locator('#summary a').click();
    await becomes(() => page.evaluate(() => document.activeElement.id), 'row-2-votes');
    await page.getByRole('button', { name: 'Write 498,780' }).click();
    await page.waitForFunction(() => document.getElementById('summary').hidden);
    await says(page, '#preview', /Nur Otan takes 83/);
    await page.context().close();
  });

  it('in a pasted table is mended where it stands', async () => {
    const page = await fresh('');
    await paste(page, broken, { law: 'kz-2012' });
    await page.locator('#summary').waitFor();
    await says(page, '#summary', /Two things to mend/);
    await says(page, '#row-4-name-wrong', /“Auyl” stands twice\. Rename one, or add the two up\./);
    await page.getByRole('button', { name: 'Add up to 140,355' }).click();
    await page.getByRole('button', { name: 'Write 498,780' }).click();
    await page.waitForFunction(() => document.getElementById('summary').hidden);
    await becomes(() => page.getByLabel('Votes of Auyl').inputValue(), '140355');
    await page.context().close();
  });

  it('in a document names its line and what was meant', async () => {
    const page = await fresh('');
    await paste(page, 'seats = 3\n[rule]\nmetod = "hare"\n[[parties]]\nname = "A"\nvotes = 1\n');
    await page.locator('#summary').waitFor();
    await says(page, '#text-wrong', /did you mean "method"\?[^]*\(Line 3/);
    const [said, bar] = [await page.locator('#text-wrong').boundingBox(), await page.locator('.go').boundingBox()];
    assert.ok(said.y + said.height <= bar.y, 'what is wrong stands above the bar at the foot, not behind it');
    await becomes(() => page.locator('#text').inputValue(), /metod/);
    await page.context().close();
  });

  it('in the law asks for what is missing', async () => {
    const page = await fresh('');
    await paste(page, KAZAKHSTAN);
    await page.locator('#summary').waitFor();
    await says(page, '#law-wrong', /Choose a law, or a method\./);
    await page.getByLabel('Law').selectOption('method');
    await page.waitForFunction(() => /How many seats/.test(document.getElementById('seats-wrong').textContent));
    await page.getByLabel('Seats', { exact: true }).fill('0');
    await page.getByLabel('Votes needed to take part').fill('much');
    await page.waitForFunction(() => /Write 7%/.test(document.getElementById('threshold-wrong').textContent));
    await page.context().close();
  });

  it('in a link is said, and nothing else is shown', async () => {
    const page = await fresh('#e=bm9uc2Vuc2U');
    await says(page, '[role=alert]', /This link is broken/);
    await page.context().close();
  });
});

describe('a tie', () => {
  const tied = async () => {
    const page = await fresh('');
    await paste(page, COUNCIL);
    await page.locator('#tie').waitFor();
    return page;
  };

  it('takes the headline, shows equal claims and every result', async () => {
    const page = await tied();
    await becomes(() => heading(page), 'One of the seven seats is tied between Harbour and Meadow');
    await becomes(async () => (await row(page, 'Harbour'))[0], '3 or 4');
    await says(page, '#tie', /Harbour 4,200 ÷ 4 = 1,050, Meadow 3,150 ÷ 3 = 1,050/);
    await becomes(() => page.locator('#tie .card').count(), 2);
    await says(page, 'tfoot', /6 \+ 1 open/);
    await becomes(() => page.locator('.desk svg .open').count(), 1);
    await page.context().close();
  });

  it('is settled by a rule, by a lot drawn elsewhere, and opened again', async () => {
    const page = await tied();
    await page.getByRole('radio', { name: /fewer votes → Meadow/ }).click();
    await page.waitForFunction(() => /Meadow/.test(document.querySelector('.facts').textContent));
    await becomes(async () => (await row(page, 'Meadow'))[0], '3');
    await page.getByRole('radio', { name: /Leave it open/ }).click();
    await page.waitForFunction(() => /tied between/.test(document.querySelector('h1').textContent));
    await page.getByLabel('Winner of the 1st lot').selectOption('Harbour');
    await page.waitForFunction(() => /Tie settled by lot: Harbour/.test(document.querySelector('.facts').textContent));
    await becomes(async () => (await row(page, 'Harbour'))[0], '4');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
});

describe('what is taken away', () => {
  it('is a link that opens the same result elsewhere', async () => {
    const page = await fresh('#kazakhstan-2012');
    await page.locator('summary', { hasText: 'Share' }).click();
    await page.waitForFunction(() => document.getElementById('link').value.includes('#e='));
    const link = await page.getByLabel('Link to this result').inputValue();
    await says(page, '.pop', /in the link itself: \d+ characters\. Who opens it sees what you see now\./);
    const other = await fresh(link.slice(link.indexOf('#')));
    await becomes(() => heading(other), 'Nur Otan takes 83 of the 98 list seats');
    await becomes(() => row(other, 'Ak Zhol'), await row(page, 'Ak Zhol'));
    await other.context().close();
    await page.keyboard.press('Escape');
    await page.context().close();
  });

  it('is a picture, a table or a document', async () => {
    const page = await fresh('#norway-2021');
    await page.locator('summary', { hasText: 'Share' }).click();
    await page.waitForFunction(() => /send the document instead/.test(document.querySelector('.pop').textContent));
    const taken = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()]);
      return [download.suggestedFilename(), readFileSync(await download.path(), 'utf8')];
    };
    const [file, svg] = await taken('Picture');
    assert.match(file, /\.svg$/);
    assert.match(svg, /^<svg[^]*Labour/);
    assert.match((await taken('Table (CSV)'))[1], /^party,votes,seats\r\n"Labour",783394,48\r\n/);
    const [, json] = await taken('Document (JSON)');
    assert.equal(JSON.parse(json).districts.length, 19);
    await page.context().close();
  });

  it('is paper: light, without controls, nothing wider than the page', async () => {
    const page = await fresh('#kazakhstan-2012', { colorScheme: 'dark' });
    await settledDown(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await becomes(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    for (const selector of ['.tools', 'nav.toc', '.noprint']) assert.equal(await page.locator(selector).first().isVisible(), false, selector);
    await becomes(() => page.locator('.why').first().evaluate((element) => getComputedStyle(element).breakInside), 'avoid');
    await becomes(() => page.locator('h2').first().evaluate((element) => getComputedStyle(element).breakAfter), 'avoid');
    const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages <= 4, `${pages} pages`);
    await page.context().close();
  });
});

describe('the page', () => {
  it('writes numbers as its reader does', async () => {
    const german = await fresh('#kazakhstan-2012', { locale: 'de-DE' });
    await becomes(() => row(german, 'Nur Otan'), ['83', '84,7%', '81,0%', '5.621.436']);
    await settledDown(german);
    await says(german, '#why', /67\.741,11 votes the price of a seat/);
    await german.getByLabel('Numbers as in').selectOption('en-IN');
    await becomes(async () => (await row(german, 'Nur Otan')).at(-1), '56,21,436');
    await german.context().close();
    const french = await fresh('#kazakhstan-2012', { locale: 'fr-FR' });
    await becomes(async () => (await row(french, 'Nur Otan')).at(-1).replace(/\s/g, ' '), '5 621 436');
    await french.context().close();
  });

  it('works without a network once it was open', async () => {
    const page = await fresh('#kazakhstan-2012');
    await page.evaluate(() => navigator.serviceWorker.ready);
    await page.reload();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.goto(`${world.url}#norway-2021`);
    await page.reload();
    await page.locator('h1', { hasText: 'Labour' }).waitFor();
    await page.locator('#other table').waitFor();
    await page.context().close();
  });

  it('works by keys alone', async () => {
    const page = await fresh('#kazakhstan-2012');
    await page.keyboard.press('Tab');
    await becomes(() => page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    await becomes(() => page.evaluate(() => document.activeElement.id), 'result');
    await page.getByRole('link', { name: 'Why' }).focus();
    await page.keyboard.press('Enter');
    await becomes(() => page.evaluate(() => document.activeElement.id), 'why-title');
    const ring = await page.getByRole('link', { name: 'Why' }).evaluate((element) => { element.focus(); return getComputedStyle(element).outlineWidth; });
    assert.equal(ring, '3px');
    await page.getByRole('link', { name: /^Edit/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Whose votes, which law?' }).waitFor();
    await page.getByLabel('Votes of Nur Otan').focus();
    await page.keyboard.press('Tab');
    await becomes(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Remove Nur Otan');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /Ak Zhol/.test(document.querySelector('#preview h2').textContent));
    await page.goBack();
    await page.locator('h1', { hasText: 'Nur Otan' }).waitFor();
    await page.context().close();
  });

  it('announces a result, and keeps what was chosen as light or dark', async () => {
    const page = await fresh('#kazakhstan-2012');
    await page.waitForFunction(() => /Nur Otan 83, Ak Zhol 8/.test(document.getElementById('live').textContent));
    await page.getByRole('button', { name: 'Dark' }).click();
    await becomes(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(20, 23, 26)');
    await page.reload();
    await page.locator('h1').waitFor();
    await becomes(() => page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(20, 23, 26)');
    await page.context().close();
  });

  const views = {
    start: ['', async (page) => { await page.locator('#picture-norway-2021 svg').waitFor(); }],
    kazakhstan: ['#kazakhstan-2012', settledDown],
    norway: ['#norway-2021', async (page) => { await page.locator('#other table').waitFor(); }],
    tie: ['', async (page) => { await paste(page, COUNCIL); await page.locator('#tie').waitFor(); await settledDown(page); }],
    share: ['#norway-2021', async (page) => {
      await page.locator('summary', { hasText: 'Share' }).click();
      await page.waitForFunction(() => document.getElementById('link').value !== '');
    }],
    matrix: ['', async (page) => { await paste(page, zurich()); await page.locator('#matrix img').first().waitFor({ state: 'attached' }); await settledDown(page); }],
    outlook: ['#kazakhstan-2012', async (page) => {
      await page.getByText('See which seats could still change').click();
      await page.getByLabel('Ballots still out', { exact: true }).fill('30,000');
      await page.keyboard.press('Enter');
      await page.locator('#out table').waitFor();
      await settledDown(page);
    }],
    districts: ['', async (page) => {
      await paste(page, DISTRICTS.replace('900', '9,00'), { law: 'method' });
      await page.locator('#summary').waitFor();
    }],
    errors: ['#kazakhstan-2012', async (page) => {
      await page.getByRole('link', { name: /^Edit/ }).click();
      await page.locator('#row-2-votes').fill('498.78');
      await page.locator('#row-4-name').fill('OSDP');
      await page.locator('#row-4-name-wrong').waitFor();
    }],
  };
  for (const [name, [hash, prepare]] of Object.entries(views)) {
    it(`can be read by everyone: ${name}, at every width, light and dark`, async () => {
      for (const width of WIDTHS) {
        for (const colorScheme of ['light', 'dark']) {
          const page = await fresh(hash, { width, colorScheme });
          await prepare(page);
          const where = `${name} at ${width}, ${colorScheme}`;
          assert.deepEqual(await overflowing(page), [], where);
          assert.deepEqual(await overlapping(page), [], where);
          assert.deepEqual(await faint(page), [], where);
          assert.deepEqual(await unnamed(page), [], where);
          assert.deepEqual(page.complaints, [], where);
          await shot(page, `${name}-${width}-${colorScheme}`);
          await page.context().close();
        }
      }
    });
  }
});
