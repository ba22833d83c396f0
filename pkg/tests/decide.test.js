// The engine that decides: what it reads, what it leaves to the whole engine, and its errors.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import init, { PlacetError, fileOf, openPolicy } from '../dist/placet.js';

const demo = (path) => readFileSync(new URL(`../demo/${path}`, import.meta.url));
const { policies, files } = JSON.parse(demo('policies.json').toString());
const { compiled } = policies.find(({ policy }) => policy === 'counterterrorism-support.placet');
const dossier = (id) => files.find(({ name }) => name === `dossiers/${id}.json`);
const asOf = '2016-02-15';

let policy;
before(async () => {
  await init();
  policy = openPolicy(demo(compiled));
});

const refusal = (code, message) => (error) => error instanceof PlacetError && error.code === code && message.test(error.message);

test('circumstances in JSON apply to a new subject and to the dossiers that are given with them', () => {
  const open = (circumstances) => policy.begin({ id: 'brigade', title: 'A brigade', kind: 'group', asOf }, circumstances).interview().open.length;
  assert.ok(open([dossier('libya-early-2016')]) < open([]));
  const own = fileOf('own.json', Buffer.from(JSON.stringify({ id: 'own', about: 'group', as_of: asOf })));
  const asked = (given) => policy.open(given).interview({ subject: 'own' }).open.length;
  assert.ok(asked([own, dossier('libya-early-2016')]) < asked([own]));
});

test('a dossier lists those that it was opened with, and the policy decides on its subjects only', () => {
  const opened = policy.open([dossier('isis-libya'), dossier('libya-early-2016'), dossier('libya-late-2015'), dossier('libya-mid-2015')]);
  assert.deepEqual(opened.subjects.map(({ id }) => id), ['isis-libya']);
  assert.equal(opened.dossiers.length, 4);
  assert.equal(opened.decide({ assistance: ['equipment'] }).subjects[0].verdicts[0].verdict, 'ineligible');
});

test('what needs the whole engine is an error that names it', () => {
  const opened = policy.begin({ id: 'brigade', title: 'A brigade', kind: 'group', asOf });
  assert.throws(() => opened.dossier({}, 'placet'), refusal('request', /placet\/author/));
  assert.throws(() => opened.graph(), refusal('request', /placet\/author/));
  assert.throws(() => opened.dossier({}, 'xml'), refusal('request', /unknown dossier format "xml"/));
  for (const name of ['groups.csv', 'group.placet']) {
    assert.throws(() => policy.open([{ name, text: 'id,about\n' }]), (error) => error.code === 'mistakes' && /only JSON/.test(error.findings[0].message));
  }
});

test('other bytes are not a policy', () => {
  assert.throws(() => openPolicy({ files: [] }), TypeError);
  assert.throws(() => openPolicy(Buffer.from('policy')), refusal('request', /not a compiled policy/));
  const damaged = new Uint8Array(demo(compiled));
  damaged[1000] ^= 1;
  assert.throws(() => openPolicy(damaged), refusal('request', /damaged/));
  damaged[7] = 9;
  assert.throws(() => openPolicy(damaged), refusal('request', /layout 9/));
});
