// Runs in a fresh process, like a page: measures the time from bytes to a decision, and from an answer to the next
// question.

import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initSync, load, openPolicy } from '../dist/placet.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const text = async (path) => readFileSync(at(`../../rules/libya/${path}`), 'utf8');
const bytes = readFileSync(at('../dist/placet_bg.wasm'));

/** Reads files and those that they use, as a page would have them before the engine starts. */
async function filesOf(...names) {
  const files = new Map();
  for (const name of names) {
    files.set(name, { name, text: await text(name) });
    const used = [...files.get(name).text.matchAll(/^ *use +"(.+)"/gm)].map(([, path]) => posix.join(posix.dirname(name), path));
    names.push(...used.filter((path) => !files.has(path) && !names.includes(path)));
  }
  return [...files.values()];
}
const files = await filesOf('national-guard.placet');
const dossiers = await filesOf('dossiers/misrata-battalion.placet');

const begun = performance.now();
const module = new WebAssembly.Module(bytes);
initSync(module);
const compiled = performance.now();
const dossier = openPolicy({ files, policy: 'national-guard.placet' }).open(dossiers);
const ask = { subject: 'misrata-battalion' };
dossier.decide(ask);
const decided = performance.now();
dossier.decide(ask);
const again = performance.now();

const roadmap = 'security-sector-roadmap.placet';
const largest = openPolicy({ files: await load(roadmap, text), policy: roadmap });
const fresh = largest.begin({ id: 'somebody', title: 'Somebody', kind: largest.outline.about[0], asOf: '2025-10-01' });
const { next } = fresh.interview({});
const answers = [{ about: next.about, fact: next.fact, standard: next.standard, statements: [{ value: true }] }];
const times = Array.from({ length: 5 }, () => {
  const start = performance.now();
  fresh.interview({ answers });
  return performance.now() - start;
});

console.log(
  JSON.stringify({
    whole: decided - begun,
    compile: compiled - begun,
    first: decided - compiled,
    second: again - decided,
    answer: times.sort((a, b) => a - b)[2],
  }),
);
