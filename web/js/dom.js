// Elements, without a framework.

/** An element: `h('p', { class: 'note' }, 'text', child)`. Text is always text; nothing is parsed as HTML. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same in SVG. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'style' && typeof value === 'object') for (const [name, one] of Object.entries(value)) element.style.setProperty(name, one);
    else if (key === 'value') element.value = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...kept(children));
  return element;
}

/** Children without the gaps that conditions leave. */
const kept = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

/** Puts children in the place of those that an element has. */
export const put = (element, ...children) => element.replaceChildren(...kept(children));

export const byId = (id) => document.getElementById(id);
