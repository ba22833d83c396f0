// The engine decides in WebAssembly as it does on the command line, byte for byte, and writes it as the same bytes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import init, { load, openPolicy } from '../dist/placet.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const libya = at('../../rules/libya');
const text = (path) => readFileSync(join(libya, path), 'utf8');
const written = (folder) => readdirSync(join(libya, folder)).filter((name) => name.endsWith('.placet')).map((name) => join(folder, name));
const policies = written('').filter((name) => /^policy /m.test(text(name)));

execFileSync('cargo', ['build', '--locked', '--quiet'], { cwd: at('../..') });
await init();

function commandLine(policy, dossiers, format) {
  const args = ['decide', policy, dossiers, '--format', format];
  return execFileSync(at('../../target/debug/placet'), args, { cwd: libya, encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] });
}

for (const name of policies) {
  const policy = openPolicy({ policy: name, files: await load(name, text) });

  test(`${name} on the dossiers that come with it`, async () => {
    const files = new Map();
    for (const dossier of written('dossiers')) for (const file of await load(dossier, text)) files.set(file.name, file);
    const opened = policy.open([...files.values()]);
    // A table has one row after the other, in the order of the dossiers; JSON puts together those of one day.
    const [, ...rows] = commandLine(name, 'dossiers', 'csv').split('\r\n');
    const subjects = [...new Set(rows.map((row) => row.split(',')[0]))].filter(Boolean);
    for (const format of ['csv', 'json', 'markdown']) {
      same(opened.decideText({ subjects }, format), commandLine(name, 'dossiers', format), format);
    }
  });
}

/** Tells where two texts part, rather than all of both. */
function same(ours, theirs, format) {
  if (ours === theirs) return;
  const place = [...ours].findIndex((letter, i) => letter !== theirs[i]);
  assert.fail(`${format} differs at ${place}: ${ours.slice(place - 60, place + 60)} | ${theirs.slice(place - 60, place + 60)}`);
}
