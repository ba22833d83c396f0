// The engine decides in WebAssembly as it does on the command line, byte for byte, and writes it as the same bytes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import init, { load, openPolicy } from '../dist/placet.js';
import { dossiersUnder } from './generated.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const libya = at('../../rules/libya');
const text = (path) => readFileSync(join(libya, path), 'utf8');
const written = (folder) => readdirSync(join(libya, folder)).filter((name) => name.endsWith('.placet')).map((name) => join(folder, name));
const policies = written('').filter((name) => /^policy /m.test(text(name)));

const folder = mkdtempSync(join(tmpdir(), 'placet-identical-'));
after(() => rmSync(folder, { recursive: true, force: true }));
execFileSync('cargo', ['build', '--locked', '--quiet'], { cwd: at('../..') });
await init();

function commandLine(policy, dossiers, format, ...more) {
  const args = ['decide', policy, dossiers, '--format', format, ...more];
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

  test(`${name} on two hundred dossiers made up at random`, () => {
    const dossiers = JSON.stringify(dossiersUnder(policy.outline, 200, 7));
    const file = join(folder, `${name}.json`);
    writeFileSync(file, dossiers);
    const asOf = policy.outline.in_force.from ?? '2016-02-15';
    const opened = policy.open([{ name: 'generated.json', text: dossiers }]);
    const subjects = opened.subjects.map(({ id }) => id);
    assert.equal(subjects.length, 200);
    same(opened.decideText({ asOf, subjects }, 'json'), commandLine(name, file, 'json', '--as-of', asOf), 'json');
  });
}

/** Tells where two texts part, rather than all of both. */
function same(ours, theirs, format) {
  if (ours === theirs) return;
  const place = [...ours].findIndex((letter, i) => letter !== theirs[i]);
  assert.fail(`${format} differs at ${place}: ${ours.slice(place - 60, place + 60)} | ${theirs.slice(place - 60, place + 60)}`);
}
