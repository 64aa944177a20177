// A browser and a served page for the tests, and what they ask of every view.

import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { serve } from '../serve.js';

const shots = fileURLToPath(new URL('../screenshots/', import.meta.url));
export const WIDTHS = [360, 768, 1280];
/** How long a page may take to answer, in milliseconds. */
const PATIENCE = 60000;
/** So many milliseconds later comes whatever a page waits for: what a test must not hang on. */
const SLOW = Number(process.env.SLOW ?? 0);

/** The browser of Debian, or the one that CHROMIUM names. */
export async function start() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
  const server = await serve();
  mkdirSync(shots, { recursive: true });
  return { browser, server, url: `http://127.0.0.1:${server.address().port}/`, stop: async () => { await browser.close(); server.closeAllConnections(); server.close(); } };
}

/** Lets what is fetched, worked out, unfolded and gone to come later, as on a machine with little time for the page. */
function delay(late) {
  const fetched = window.fetch;
  window.fetch = async (...asked) => { await new Promise((resume) => { setTimeout(resume, late); }); return fetched(...asked); };
  const again = new WeakSet();
  const later = (event) => {
    if (again.has(event)) return;
    event.stopImmediatePropagation();
    const copy = new event.constructor(event.type, event);
    again.add(copy);
    setTimeout(() => event.target.dispatchEvent(copy), late);
  };
  for (const kind of ['toggle', 'hashchange']) window.addEventListener(kind, later, true);
  const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
  Object.defineProperty(Worker.prototype, 'onmessage', { set(answered) { set.call(this, (event) => setTimeout(() => answered(event), late)); } });
}

/** A page at an address; whatever it complains of in the console is an error of the test. */
export async function visit(world, hash = '', options = {}) {
  const { width = 1280, ...rest } = options;
  const context = await world.browser.newContext({ viewport: { width, height: 900 }, locale: 'en-GB', reducedMotion: 'reduce', ...rest });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  if (SLOW > 0) await page.addInitScript(delay, SLOW);
  page.complaints = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.complaints.push(message.text()); });
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  await page.goto(world.url + hash);
  await page.locator('h1').waitFor();
  return page;
}

/**
 * Holds that what a test reads comes to match, or to be, what it expects. A page answers when it can, on a busy machine some
 * tenths of a second later: what is read once may be what stood there before.
 */
export async function becomes(read, expected) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    try {
      const found = await read();
      return expected instanceof RegExp ? assert.match(found ?? '', expected) : assert.deepEqual(found, expected);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resume) => { setTimeout(resume, 50); });
  }
}

/** Holds that the words of the first element of a selector come to match. */
export const says = (page, selector, words) => becomes(() => page.locator(selector).first().innerText(), words);

/** Waits until nothing is being worked out any more. */
export async function settledDown(page) {
  await page.waitForFunction(() => !/Working out/.test(document.getElementById('main').textContent));
}

export const shot = (page, name) => page.screenshot({ path: `${shots}${name}.png`, fullPage: true });

/** What sticks out of the page, and is not in a box that scrolls. */
export const overflowing = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const found = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    const isHidden = !element.checkVisibility() || element.closest('.vh, .skip, .scroll, nav.toc ul');
    return !isHidden && (box.right > width + 1 || box.left < -1) && !element.closest('svg');
  });
  const letters = [...document.querySelectorAll('svg text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 1 || box.left < -1);
  });
  const own = document.documentElement.scrollWidth > width ? [`the page is ${document.documentElement.scrollWidth} wide`] : [];
  return [...own, ...[...found, ...letters].slice(0, 5).map((element) => `${element.tagName}.${element.getAttribute('class')}: ${element.textContent.slice(0, 40)}`)];
});

/** Labels of pictures that lie over one another. */
export const overlapping = (page) => page.evaluate(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg')) {
    const texts = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
    texts.forEach(([one, a], at) => texts.slice(at + 1).forEach(([other, b]) => {
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1 && down > 4) found.push(`${one} over ${other}`);
    }));
  }
  return found;
});

/** Text with less than 4.5 to 1 against its ground, and marks with less than 3 to 1. */
export const faint = (page) => page.evaluate(() => {
  const parse = (colour) => {
    const srgb = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?/.exec(colour);
    if (srgb) return [255 * srgb[1], 255 * srgb[2], 255 * srgb[3], Number(srgb[4] ?? 1)];
    const [r, g, b, a = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = (rgb) => {
    const [r, g, b] = rgb.slice(0, 3).map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => { const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x); return (high + 0.05) / (low + 0.05); };
  const paper = parse(getComputedStyle(document.body).backgroundColor);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((under, layer) => over(layer, under), paper);
  };
  const opacity = (element) => { let all = 1; for (let at = element; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity); return all; };
  const found = new Set();
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.vh, .skip');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !visible(element) || element.closest('script, style, noscript, option, optgroup')) continue;
    const style = getComputedStyle(element);
    const [r, g, b, a] = parse(element.closest('svg') ? style.fill : style.color);
    const under = ground(element.closest('svg')?.parentElement ?? element);
    const ratio = contrast(over([r, g, b, a * opacity(element)], under), under);
    if (ratio < 4.5) found.add(`${ratio.toFixed(2)} ${element.tagName} ${element.className?.baseVal ?? element.className}: ${walker.currentNode.textContent.trim().slice(0, 30)}`);
  }
  for (const mark of document.querySelectorAll('svg .seat, svg .open, .chip, .track .fill, .votes, input, select, textarea, button, .btn')) {
    if (!visible(mark) || mark.matches('[type=checkbox], [type=radio], [type=file], .remove, [aria-disabled=true]')) continue;
    const style = getComputedStyle(mark);
    const under = ground(mark.closest('svg')?.parentElement ?? mark.parentElement);
    const colours = [style.stroke, style.borderTopColor, style.backgroundColor, style.fill].map(parse).filter((colour) => colour[3] > 0);
    const best = Math.max(...colours.map((colour) => contrast(over([...colour.slice(0, 3), colour[3] * opacity(mark)], under), under)));
    if (best < 2.995) found.add(`${best.toFixed(2)} mark ${mark.className?.baseVal ?? mark.className}`);
  }
  return [...found];
});

/** What a screen reader could not name or place. */
export const unnamed = (page) => page.evaluate(() => {
  const found = [];
  const shown = (element) => element.checkVisibility() && !element.closest('[aria-hidden=true]');
  const label = (element) => (element.getAttribute('aria-label') ?? element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent).join(' ')
    ?? ([...(element.labels ?? [])].map((one) => one.textContent).join(' ') || element.textContent)).trim();
  for (const control of document.querySelectorAll('a, button, input, select, textarea, summary, [role=img], [role=region], section, nav, fieldset')) {
    const name = control.tagName === 'FIELDSET' ? control.querySelector('legend')?.textContent : label(control);
    if (shown(control) && !name) found.push(`no name: ${control.outerHTML.slice(0, 80)}`);
  }
  for (const reference of document.querySelectorAll('[aria-labelledby], [aria-describedby], [aria-controls]')) {
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls']) {
      const id = reference.getAttribute(name);
      if (id && !document.getElementById(id)) found.push(`${name} of nothing: ${id}`);
    }
  }
  for (const head of document.querySelectorAll('th')) if (!head.scope) found.push(`no scope: ${head.textContent}`);
  for (const table of document.querySelectorAll('table')) if (!table.caption) found.push('no caption');
  for (const box of document.querySelectorAll('.scroll')) if (box.tabIndex !== 0 || !box.getAttribute('aria-label')) found.push('a scrolling box without a name or out of reach');
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  found.push(...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `twice: #${id}`));
  if (document.querySelectorAll('h1').length !== 1) found.push('not one h1');
  const levels = [...document.querySelectorAll('h1, h2, h3')].filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]));
  levels.forEach((level, at) => { if (at > 0 && level > levels[at - 1] + 1) found.push(`h${level} after h${levels[at - 1]}`); });
  if (!document.documentElement.lang) found.push('no language');
  return found;
});
