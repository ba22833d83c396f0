// Paths of the build, and reporting of its progress.

import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export const root = at('../..');
export const pkg = at('..');
// The build writes into a temporary folder and renames it at the end, so that nobody is served an incomplete build.
export const dist = at(`../dist.${process.pid}`);
export const published = at('../dist');
export const glue = at('../glue');

/** Thrown if a tool is missing on this machine; the message says what to do. */
export class Unbuildable extends Error {}

/** Runs one step of the build and reports how long it took. */
export async function step(name, work) {
  const begun = performance.now();
  const result = await work();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  console.log(`${name.padEnd(22)} ${`${seconds} s`.padStart(8)}${result ? `   ${result}` : ''}`);
}
