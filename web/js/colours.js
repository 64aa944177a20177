// Colours of parties: their own, or eight that stay apart for colour-blind eyes; the others share a grey.

const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#555555', '#603000'];
const REST = '#d9d9d6';
const OUT = '#8a8f94';
const PAPER = { light: [255, 255, 255], dark: [20, 23, 26] };
const INK = { light: [22, 25, 29], dark: [255, 255, 255] };

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const hex = (rgb) => `#${rgb.map((one) => Math.round(one).toString(16).padStart(2, '0')).join('')}`;

function luminance(rgb) {
  const [r, g, b] = rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours, from 1 to 21. */
export function contrast(one, other) {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** A colour mixed with ink in steps of 4% until it has 3 to 1 against paper. */
function visible(rgb, theme) {
  let mixed = rgb;
  for (let step = 1; contrast(mixed, PAPER[theme]) < 3 && step <= 25; step++) {
    mixed = rgb.map((one, at) => one + (INK[theme][at] - one) * 0.04 * step);
  }
  return mixed;
}

/** Any colour that CSS knows, as three channels; nothing if it is none. */
function parsed(colour) {
  if (/^#[0-9a-f]{6}$/i.test(colour)) return channels(colour);
  const context = document.createElement('canvas').getContext('2d');
  context.fillStyle = '#000001';
  context.fillStyle = colour;
  const computed = context.fillStyle;
  return computed === '#000001' || !computed.startsWith('#') ? null : channels(computed);
}

/** The four colours of a mark: fill and edge, light and dark. */
function style(rgb) {
  const dark = visible(rgb, 'dark');
  return { '--l': hex(rgb), '--le': hex(visible(rgb, 'light')), '--d': hex(dark), '--de': hex(dark) };
}

/** The colours of all parties by name: in the order of the picture, those with seats first. */
export function colours(parties) {
  const map = new Map();
  let next = 0;
  for (const party of parties) {
    const own = party.colour ? parsed(party.colour) : null;
    const inHouse = size(party) > 0;
    const chosen = own ?? channels(inHouse ? (PALETTE[next] ?? REST) : OUT);
    if (!own && inHouse) next++;
    map.set(party.name, style(chosen));
  }
  return map;
}

const size = (party) => Number(party.most ?? party.seats);
