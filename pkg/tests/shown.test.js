// Escaping of texts from others.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shown } from '../widget/shown.js';
import { createWords } from '../widget/words.js';

test('characters that reverse, control or hide text are escaped', () => {
  assert.equal(shown('a\u202eb\u2066\u200b\u200f\u00ad\ufeff\u{e0041}\uffff\u001b\u009bc'), 'a<U+202E>b<U+2066><U+200B><U+200F><U+00AD><U+FEFF><U+E0041><U+FFFF><U+001B><U+009B>c');
});

test('characters that a script needs are kept', () => {
  for (const text of ['گروه\u200cها', 'क्\u200dष', 'Café', 'مُدْرَجٌ', '葛\u{e0100}城', '❤\ufe0f', 'a\u00a0b', 'two\nlines\t']) assert.equal(shown(text), text);
});

test('inserted texts are isolated and cannot end the isolation', () => {
  const { list } = createWords('en');
  assert.equal(list(['a\u2069\u202eb']), '\u2068a<U+2069><U+202E>b\u2069');
});
