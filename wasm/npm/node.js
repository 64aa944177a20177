// For Node: the module beside this file, loaded at once.
import { readFileSync } from 'node:fs';
import { Apportion } from './index.js';

export { Apportion, ApportionError, TieError, stringify } from './index.js';

/** Loads the library; every call after the first gives the same. */
export function load() {
  loaded ??= Apportion.load(readFileSync(new URL('./apportion.wasm', import.meta.url)));
  return loaded;
}
let loaded;
