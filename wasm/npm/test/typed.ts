// Compiled, never run: the types fit what README shows.
import { load, ApportionError, type Result } from 'apportion';

const library = await load();
const seats: number[] | BigUint64Array = library.seats([340, 280, 160, 60], 7, 'dhondt');
const exact: BigUint64Array = library.seats(BigUint64Array.of(340n, 280n), 7, { quota: 'hare' });
const result: Result = library.result({ seats: 98, rule: { method: 'hare' }, parties: [{ name: 'A', votes: 2n ** 60n }] });
const margin = library.margins('seats = 1').closest;
if (margin !== null && !('error' in margin)) margin.votes satisfies number | string;
// @ts-expect-error a method is no number
library.seats([1], 1, 7);
export { seats, exact, result, ApportionError };
