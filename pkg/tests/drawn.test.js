// A thousand generated policies, with lists, chains, standards, waivers and phases, give the same decisions as the
// native library, byte for byte: as texts in the whole engine, and compiled in the engine that decides. `cargo test` writes
// the native decisions.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import init, * as engine from '../dist/placet.js';
import initAuthor, * as author from '../dist/placet-author.js';

const decided = new URL('../../target/decided-natively.ndjson', import.meta.url);
const hashOf = (text) => createHash('sha256').update(text).digest('hex');
const named = ([name, text]) => ({ name, text });

test('generated policies give the same decisions in WebAssembly', async () => {
  assert.ok(existsSync(decided), 'run cargo test first: it writes down what the native library decides');
  await Promise.all([init(), initAuthor()]);
  const lines = readFileSync(decided, 'utf8').trimEnd().split('\n');
  assert.equal(lines.length, 1000);
  for (const line of lines) {
    const { files: pairs, dossiers, subject, day, hash, json, compiled_hash } = JSON.parse(line);
    const files = pairs.map(named);
    const texts = files.map(({ text }) => text).join('\n');
    const ask = { subject, asOf: day };
    const policy = author.openPolicy({ policy: 'policy.placet', files: files.filter(({ name }) => !dossiers.includes(name)) });
    assert.equal(hashOf(policy.open(files.filter(({ name }) => dossiers.includes(name))).decideText(ask)), hash, texts);
    for (const { openPolicy } of [engine, author]) {
      assert.equal(hashOf(openPolicy(policy.compiled()).open(json.map(named)).decideText(ask)), compiled_hash, texts);
    }
  }
});
