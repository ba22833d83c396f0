// The engine as a program uses it: how it reports errors, and how it recovers from a crash.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const text = (path) => readFileSync(new URL(`../../rules/libya/${path}`, import.meta.url), 'utf8');
const name = 'national-guard.placet';

// Wrap the exports of the first instance, so that the one named by `trap` traps.
let trap = '';
const { instantiate } = WebAssembly;
WebAssembly.instantiate = async (module, imports) => {
  const instance = await instantiate(module, imports);
  const exports = { ...instance.exports };
  for (const [key, work] of Object.entries(exports)) {
    if (typeof work !== 'function') continue;
    exports[key] = (...given) => {
      if (key === trap) throw new WebAssembly.RuntimeError('unreachable');
      return work(...given);
    };
  }
  return { instance: { exports }, module };
};

const { default: init, check, diff, fileOf, format, load, openPolicy, uses, version } = await import('../dist/placet-author.js');

test('calls before the engine is started throw', () => {
  assert.throws(() => version(), { name: 'PlacetError', code: 'not-started' });
});

test('invalid arguments of openPolicy throw a TypeError', () => {
  for (const wrong of [undefined, 'a.placet', { policy: 'a.placet' }, { files: [] }]) assert.throws(() => openPolicy(wrong), { name: 'TypeError', message: /files.*policy/ });
});

test('a crash affects only one call', async () => {
  await init();
  await init();
  const policy = openPolicy({ policy: name, files: await load(name, text) });
  const opened = policy.open(await load('dossiers/misrata-battalion.placet', text));
  const before = opened.decideText();
  trap = 'case_decide';
  assert.throws(() => opened.decideText(), { name: 'PlacetError', code: 'crashed' });
  // A new instance, in which opened policies and cases are reopened.
  assert.equal(opened.decideText(), before);
  assert.match(policy.graph(), /^<svg/);
});

test('an answer is a question with statements', async () => {
  const policy = openPolicy({ policy: name, files: await load(name, text) });
  const fresh = policy.begin({ id: 'somebody', title: 'Somebody', asOf: '2015-06-01' });
  const { next, open } = fresh.interview();
  const answers = [{ ...next, statements: [{ value: true }] }];
  const then = fresh.interview({ answers });
  assert.notEqual(then.next.fact, next.fact);
  assert.equal(then.answered[0].text, 'yes');
  assert.ok(open.length > then.open.length);
  // "Don’t know" is not asked again, and settles nothing.
  const unknown = fresh.interview({ answers: [{ ...next, statements: [] }] });
  assert.ok(!unknown.open.some(({ fact, about }) => fact === next.fact && about === next.about));
  assert.match(fresh.dossier({ answers }), /^dossier somebody "Somebody"/);
});

test('a saved dossier is opened again with its answers and circumstances', async () => {
  const policy = openPolicy({ policy: 'counterterrorism-support.placet', files: await load('counterterrorism-support.placet', text) });
  const around = await load('dossiers/libya-early-2016.placet', text);
  const fresh = policy.begin({ id: 'somebody', title: 'Somebody', asOf: '2016-02-15' }, around);
  const answers = [{ ...fresh.interview().next, statements: [{ value: false }] }];
  const kept = { name: 'somebody.placet', text: fresh.dossier({ answers }) };
  assert.match(kept.text, /libya-early-2016/);
  const again = policy.open([...policy.place([kept], around), ...around]);
  // The manifests differ in the file that was saved, but have the same hashes of dossiers.
  assert.equal(again.decideText({ manifest: false }), fresh.decideText({ answers, manifest: false }));
  const hashes = (decided) => JSON.parse(decided).manifest.dossiers;
  assert.deepEqual(hashes(again.decideText()), hashes(fresh.decideText({ answers })));
});

test('all errors are reported at once, with their places', () => {
  const file = { name: 'a.placet', text: 'kind group\n\tis neutral : yes or no\n' };
  assert.throws(() => format(file), ({ code, findings }) => code === 'mistakes' && findings[0].place.line === 2);
  const { findings } = check([{ ...file, text: 'kind group\n  is neutral : yes or know\n  is large : maybe\n' }]);
  assert.ok(findings.length >= 2 && findings.every(({ message, place }) => message && place.file === 'a.placet'));
  assert.throws(() => openPolicy({ policy: 'a.placet', files: [{ ...file, text: 'kind group\n' }] }), { code: 'request' });
});

test('load fetches only .placet files below the root, up to a limit', async () => {
  const tried = [];
  const following = (first, then = '') => load('a/b.placet', (path) => tried.push(path) && (path === 'a/b.placet' ? first : then));
  for (const path of ['../../x.placet', '/etc/x.placet', '%2e%2e/x.placet', '..\\..\\x.placet', '../.env', 'x.csv', 'x.placet?y.placet', 'https://elsewhere/x.placet', 'x.placet#.placet']) {
    tried.length = 0;
    await following(`use "${path}"\n`).catch((error) => assert.equal(error.code, 'request', path));
    for (const one of tried) assert.match(one, /^[a-z/]+\.placet$/, path);
  }
  let last = 0;
  const chain = load('0.placet', () => `use "${(last += 1)}.placet"\n`);
  await assert.rejects(chain, { code: 'request', message: '0.placet uses more than 200 files' });
  assert.ok(last <= 201);
  await assert.rejects(load('a.placet', () => ' '.repeat(64 * 1024 * 1024 + 1)), { code: 'request', message: /larger than 64 MiB/ });
});

test('file names outside of the root and texts that are not Unicode are rejected', () => {
  for (const wrong of ['/a.placet', 'C:/a.placet', '..\\a.placet', 'b/../../a.placet', 'a\n.placet']) {
    assert.throws(() => check([{ name: wrong, text: '' }]), { code: 'request', message: /invalid file name/ }, wrong);
  }
  assert.throws(() => check([{ name: 'a.placet', text: 'kind \ud800' }]), { code: 'request', message: 'the text of a.placet is not valid Unicode: it has a lone surrogate' });
});

test('files that are not UTF-8 are rejected', async () => {
  const policy = openPolicy({ policy: name, files: await load(name, text) });
  const latin = Uint8Array.from('id\ncaf\u00e9\n', (letter) => letter.charCodeAt(0));
  for (const wrong of ['groups.csv', 'group.placet']) {
    assert.throws(() => policy.open([fileOf(wrong, latin)]), ({ code, findings }) => code === 'mistakes' && /UTF-8/.test(findings[0].message), wrong);
  }
});

test('format, uses and diff work', async () => {
  assert.equal(format({ name: 'a.placet', text: 'kind  group\n' }), 'kind group\n');
  assert.deepEqual(uses({ name: 'dossiers/a.placet', text: 'use "../words.placet"\n' }), ['words.placet']);
  const files = await load(name, text);
  const newer = files.map((file) => (file.name === name ? { ...file, text: file.text.replace(/\nrequirement rule-of-law[\s\S]*?\n\n/, '\n') } : file));
  const { types } = diff({ files, policy: name }, { files: newer, policy: name });
  const meaning = (subjectKind) => new Set(types.filter(({ kind }) => kind === subjectKind).map((type) => type.meaning));
  assert.ok(meaning('group').has('different'));
  assert.deepEqual([...diff({ files, policy: name }, { files, policy: name }).types.map((type) => type.meaning)], types.map(() => 'same'));
});
