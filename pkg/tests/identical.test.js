// WebAssembly gives the same decisions as the command line, byte for byte.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import init, { load, openPolicy, uses } from '../dist/placet-author.js';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const libya = at('../../rules/libya');
const bytes = (path) => readFileSync(join(libya, path));
const text = (path) => bytes(path).toString();
const written = (folder) => readdirSync(join(libya, folder)).filter((name) => name.endsWith('.placet')).map((name) => join(folder, name));
const policies = written('').filter((name) => /^policy /m.test(text(name)));

execFileSync('cargo', ['build', '--locked', '--quiet'], { cwd: at('../..') });
await init();

function commandLine(policy, dossiers, format) {
  const args = ['decide', policy, ...dossiers, '--format', format];
  return execFileSync(at('../../target/debug/placet'), args, { cwd: libya, encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'ignore'] });
}

for (const name of policies) {
  const policy = openPolicy({ policy: name, files: await load(name, bytes) });

  test(`${name} on its bundled dossiers`, async () => {
    const files = new Map();
    for (const dossier of written('dossiers')) for (const file of await load(dossier, bytes)) files.set(file.name, file);
    // The manifest lists every file read, with its role: files that others use are not opened as dossiers.
    const used = new Set([...files.values()].flatMap(uses));
    const given = [...files.keys()].filter((path) => !used.has(path));
    const opened = policy.open([...files.values()]);
    // CSV has the rows in the order of the dossiers; JSON groups the subjects by day.
    const [, ...rows] = commandLine(name, given, 'csv').split('\r\n');
    const subjects = [...new Set(rows.map((row) => row.split(',')[0]))].filter(Boolean);
    for (const format of ['csv', 'json', 'markdown']) {
      same(opened.decideText({ subjects }, format), commandLine(name, given, format), format);
    }
  });
}

test('hashes are of the bytes of files, not of their decoded text', async () => {
  const mark = Buffer.from([0xef, 0xbb, 0xbf]);
  const name = 'counterterrorism-support.placet';
  const files = await load(name, (path) => Buffer.concat([mark, bytes(path)]));
  const opened = openPolicy({ policy: name, files }).begin({ id: 'somebody', title: 'Somebody', asOf: '2016-02-15' });
  const hash = (data) => createHash('sha256').update(data).digest('hex');
  const { manifest } = opened.decide({ subject: 'somebody' });
  assert.equal(manifest.files[0].sha256, hash(Buffer.concat([mark, bytes(name)])));
  assert.equal(manifest.policy.sha256, hash(manifest.files.map(({ sha256 }) => `${sha256}\n`).join('')));
  assert.equal(opened.decide({ subject: 'somebody', manifest: false }).manifest, undefined);
});

/** Reports where two texts differ, instead of printing both. */
function same(ours, theirs, format) {
  if (ours === theirs) return;
  const place = [...ours].findIndex((letter, i) => letter !== theirs[i]);
  assert.fail(`${format} differs at ${place}: ${ours.slice(place - 60, place + 60)} | ${theirs.slice(place - 60, place + 60)}`);
}
