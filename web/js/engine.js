// The library: what is quick is asked here and now, what may be slow in a worker that can be stopped.

import { load, ApportionError } from '../apportion/browser.js';

let library;
let worker;
const waiting = new Map();
let next = 0;

export async function start() {
  library = await load();
}

/** Asks the module at once. */
export const ask = (question) => library.ask(question);

/** The answer or the error, whichever it is. */
export function attempt(question) {
  try {
    return { answer: library.ask(question), error: null };
  } catch (error) {
    if (error instanceof ApportionError) return { answer: null, error };
    // The module stopped in the midst of a question: it starts anew, and says so.
    return { answer: null, error: new ApportionError({ code: 'stopped', message: `The library stopped: ${error.message}` }) };
  }
}

/** Asks in the worker. */
export function later(question) {
  worker ??= started();
  const id = next++;
  worker.postMessage({ id, question });
  return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
}

/** Stops what is still being worked out: its answers are not wanted any more. */
export function cancel() {
  if (waiting.size === 0) return;
  worker.terminate();
  worker = undefined;
  waiting.clear();
}

function started() {
  const made = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  made.onmessage = ({ data: { id, answer, error } }) => {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (error) promise?.reject(new ApportionError(error)); else promise?.resolve(answer);
  };
  made.onerror = () => {
    for (const promise of waiting.values()) promise.reject(new ApportionError({ code: 'stopped', message: 'The library stopped.' }));
    waiting.clear();
    worker = undefined;
  };
  return made;
}
