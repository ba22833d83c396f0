// Where things are, and how the build tells what it does.

import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export const root = at('../..');
export const pkg = at('..');
// What is built takes the place of what was there once it is whole, so that nobody is served half of it.
export const dist = at(`../dist.${process.pid}`);
export const published = at('../dist');
export const glue = at('../glue');

/** Something is missing on this machine; the message says what to do about it. */
export class Unbuildable extends Error {}

/** Does one step of the build and tells how long it took. */
export async function step(name, work) {
  const begun = performance.now();
  const told = await work();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${name.padEnd(22)} ${`${seconds} s`.padStart(8)}${told ? `   ${told}` : ''}`);
}
