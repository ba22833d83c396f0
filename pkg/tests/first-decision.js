// In a fresh process, as a page would: the time from bytes to a decision, and from an answer to the next question.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initSync, load, openPolicy } from '../dist/placet.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const text = async (path) => readFileSync(at(`../../rules/libya/${path}`), 'utf8');
const bytes = readFileSync(at('../dist/placet_bg.wasm'));

/** Files as a page would have them before the engine starts. */
const filesOf = (...names) => Promise.all(names.map(async (name) => ({ name, text: await text(name) })));
const files = await filesOf('national-guard.placet', 'vocabulary.placet');
const dossiers = await filesOf('dossiers/misrata-battalion.placet', 'dossiers/libya-mid-2015.placet', 'dossiers/libya-early-2016.placet');

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
  const asked = performance.now();
  fresh.interview({ answers });
  return performance.now() - asked;
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
