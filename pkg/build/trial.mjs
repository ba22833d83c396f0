// Checks that the built engine can decide: a broken wasm file would otherwise go unnoticed.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist, root } from './place.mjs';

const libya = join(root, 'rules/libya');
const text = (path) => readFile(join(libya, path), 'utf8');

export async function tryEngine() {
  const { default: init, load, openPolicy } = await import(pathToFileURL(join(dist, 'placet.js')));
  await init();
  const policy = openPolicy({ files: await load('national-guard.placet', text), policy: 'national-guard.placet' });
  const dossier = policy.open(await load('dossiers/misrata-battalion.placet', text));
  const { subjects } = dossier.decide({ assistance: ['equipment'] });
  const [{ verdict }] = subjects[0].verdicts;
  if (verdict !== 'ineligible') throw new Error(`the built engine returns a wrong verdict: ${verdict}`);
  return verdict;
}
