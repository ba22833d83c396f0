// Runs in a fresh process, like a page: measures the time from the bytes of the engine that decides to a decision on the
// largest policy, and from an answer to the next question.

import { readFileSync } from 'node:fs';
import { initSync, openPolicy } from '../dist/placet.js';

const at = (path) => new URL(path, import.meta.url);
const bytes = readFileSync(at('../dist/placet.wasm'));
const { policies, files } = JSON.parse(readFileSync(at('../demo/policies.json'), 'utf8'));
const largest = policies.find(({ policy }) => policy === 'security-sector-roadmap.placet');
const policy = readFileSync(at(`../demo/${largest.compiled}`));
const dossiers = largest.dossiers.map((file) => files.find(({ name }) => name === file) ?? file);

const begun = performance.now();
const module = new WebAssembly.Module(bytes);
initSync(module);
const compiled = performance.now();
const opened = openPolicy(policy);
const dossier = opened.open(dossiers);
const ask = { subject: dossier.subjects[0].id, asOf: largest.card.in_force.from };
dossier.decide(ask);
const decided = performance.now();
dossier.decide(ask);
const again = performance.now();

const fresh = opened.begin({ id: 'somebody', title: 'Somebody', kind: opened.outline.about[0], asOf: ask.asOf });
const { next } = fresh.interview({});
const answers = [{ about: next.about, fact: next.fact, standard: next.standard, statements: [{ value: true }] }];
const times = Array.from({ length: 5 }, () => {
  const start = performance.now();
  fresh.interview({ answers });
  return performance.now() - start;
});

console.log(
  JSON.stringify({
    policy: largest.policy,
    whole: decided - begun,
    compile: compiled - begun,
    first: decided - compiled,
    second: again - decided,
    answer: times.sort((a, b) => a - b)[2],
  }),
);
