// Checks that the built engines can decide, and that they agree: a broken wasm file would otherwise go unnoticed.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist, root } from './place.mjs';

const libya = join(root, 'rules/libya');
const text = (path) => readFile(join(libya, path), 'utf8');

export async function tryEngines() {
  const author = await import(pathToFileURL(join(dist, 'placet-author.js')));
  await author.default();
  const policy = author.openPolicy({ files: await author.load('national-guard.placet', text), policy: 'national-guard.placet' });
  const written = policy.open(await author.load('dossiers/misrata-battalion.placet', text));
  const verdict = verdictOf(written);
  const engine = await import(pathToFileURL(join(dist, 'placet.js')));
  await engine.default();
  const files = written.dossiers.map(({ id }) => ({ name: `${id}.json`, text: written.dossier({ subject: id }, 'json') }));
  const compiled = verdictOf(engine.openPolicy(policy.compiled()).open(files));
  if (verdict !== 'ineligible' || compiled !== verdict) throw new Error(`the built engines return wrong verdicts: ${verdict}, ${compiled}`);
  return verdict;
}

function verdictOf(opened) {
  const { subjects } = opened.decide({ subject: 'misrata-battalion', assistance: ['equipment'] });
  return subjects[0].verdicts[0].verdict;
}
