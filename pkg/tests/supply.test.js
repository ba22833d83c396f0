// What a catalogue of policies may look like.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offered } from '../widget/supply.js';

const file = { name: 'a.placet', text: 'kind group\n' };

test('a file stands in a catalogue whole, or once for all that name it', () => {
  const policies = [{ policy: 'a.placet', files: ['a.placet'] }, { policy: 'a.placet', files: [file], dossiers: ['a.placet'] }];
  const [first, second] = offered({ policies, files: [file] });
  assert.deepEqual(first, { policy: 'a.placet', files: [file], dossiers: [] });
  assert.deepEqual(second, { policy: 'a.placet', files: [file], dossiers: [file] });
  assert.equal(first.files[0], second.dossiers[0]);
});

test('a name that a catalogue does not hold is told', () => {
  assert.throws(() => offered({ policies: [{ policy: 'a.placet', files: ['b.placet'] }] }), /b\.placet/);
});
