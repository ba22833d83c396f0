// The format of a catalogue of policies.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressOf } from '../widget/bytes.js';
import { offered } from '../widget/supply.js';

const file = { name: 'a.placet', text: 'kind group\n' };

test('a file is in a catalogue in full, or once for all policies that name it', () => {
  const policies = [{ policy: 'a.placet', files: ['a.placet'] }, { policy: 'a.placet', files: [file], dossiers: ['a.placet'] }];
  const [first, second] = offered({ policies, files: [file] });
  assert.deepEqual(first, { policy: 'a.placet', compiled: undefined, files: [file], dossiers: [] });
  assert.deepEqual(second, { policy: 'a.placet', compiled: undefined, files: [file], dossiers: [file] });
  assert.equal(first.files[0], second.dossiers[0]);
});

test('a file name that is not in the catalogue is an error', () => {
  assert.throws(() => offered({ policies: [{ policy: 'a.placet', files: ['b.placet'] }] }), /b\.placet/);
});

test('a compiled policy and the texts are fetched when they are needed, and again after an error', async (t) => {
  const found = new Map([['https://here.example/rules/a.placetc', 'compiled'], ['https://here.example/rules/texts.json', JSON.stringify([file])]]);
  const asked = [];
  let status = 500;
  t.mock.method(globalThis, 'fetch', async (address) => {
    asked.push(String(address));
    return new Response(found.get(String(address)), { status });
  });
  const policies = [{ policy: 'a.placet', compiled: 'a.placetc', files: ['a.placet', 'b.json'] }];
  const other = { name: 'b.json', text: '{}' };
  const [{ compiled, files }] = offered({ policies, files: [other], texts: 'texts.json' }, 'https://here.example/rules/policies.json');
  assert.deepEqual(asked, []);
  await assert.rejects(compiled(), /500/);
  await assert.rejects(files(), /500/);
  status = 200;
  assert.equal(new TextDecoder().decode(await compiled()), 'compiled');
  assert.deepEqual(await files(), [file, other]);
  await Promise.all([compiled(), files()]);
  assert.equal(asked.length, 4);
});

test('the address of a used file is on the same server and encodes its name', () => {
  const base = new URL('https://here.example/rules/a%20b.placet?version=2#top');
  for (const [path, address] of [
    ['rules/words.placet', '/rules/words.placet'],
    ['rules/a b.placet', '/rules/a%20b.placet'],
    ['rules/%2e%2e/x.placet', '/rules/%252e%252e/x.placet'],
    ['..\\x.placet', '/..%5Cx.placet'],
    ['/elsewhere.example/x.placet', '/elsewhere.example/x.placet'],
    ['https://elsewhere.example/x.placet', '/https%3A//elsewhere.example/x.placet'],
    ['x?y#z.placet', '/x%3Fy%23z.placet'],
  ]) {
    const found = addressOf(path, base);
    assert.equal(found.origin, 'https://here.example', path);
    assert.equal(found.href.replace(/^https:\/\/here\.example\/+/, '/'), address, path);
  }
});
