// Questions that may take a while, away from the page.

import { load } from '../apportion/browser.js';

const library = load();

onmessage = async ({ data: { id, question } }) => {
  try {
    postMessage({ id, answer: (await library).ask(question) });
  } catch (error) {
    const { code = 'stopped', message, path, line, column, meant } = error;
    postMessage({ id, error: { code, message, path, line, column, meant } });
  }
};
