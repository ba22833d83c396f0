// A thousand generated policies, with lists, chains, standards, waivers and phases, give the same decisions as the
// native library, byte for byte. `cargo test` writes the native decisions.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import init, { openPolicy } from '../dist/placet-author.js';

const decided = new URL('../../target/decided-natively.ndjson', import.meta.url);

test('generated policies give the same decisions in WebAssembly', async () => {
  assert.ok(existsSync(decided), 'run cargo test first: it writes down what the native library decides');
  await init();
  const lines = readFileSync(decided, 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 1000);
  for (const line of lines) {
    const { files: pairs, dossiers, subject, day, hash } = JSON.parse(line);
    const files = pairs.map(([name, text]) => ({ name, text }));
    const opened = openPolicy({ policy: 'policy.placet', files: files.filter(({ name }) => !dossiers.includes(name)) });
    const bytes = opened.open(files.filter(({ name }) => dossiers.includes(name))).decideText({ subject, asOf: day });
    assert.equal(createHash('sha256').update(bytes).digest('hex'), hash, files.map(({ text }) => text).join('\n'));
  }
});
