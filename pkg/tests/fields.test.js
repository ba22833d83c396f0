// How the element's number field reads numbers as people write them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberIn } from '../widget/view/fields.js';

const read = {
  120: ['120', ' 120 ', '0120', '١٢٠', '۱۲۰', '１２０'],
  1500: ['1500', '1,500', '1 500', '1\u202f500', '1\u00a0500', '١٬٥٠٠', '1’500', "1'500"],
  8000: ['8,000'],
  1234567: ['1,234,567', '1 234 567', '١٬٢٣٤٬٥٦٧'],
  999999999999999: ['999999999999999', '999,999,999,999,999'],
};

const rejected = [
  // fractions, or what could be one
  '1,5', '12,34', '8,00', '1.500', '1.5', '١٫٥', '0,5', '1,5000',
  // invalid groups
  '12 0', '1 50', '1,,500', '1,500 000', '1,00,000', ',500', '1,500,', "1'5", '1_500', '1234,567',
  // not whole numbers
  '', ' ', '+120', '-5', '1e3', '50-200', '0x10', '½', 'ten', '1000000000000000',
];

for (const [number, texts] of Object.entries(read)) {
  for (const text of texts) test(`${JSON.stringify(text)} is ${number}`, () => assert.equal(numberIn(text), Number(number)));
}

for (const text of rejected) test(`${JSON.stringify(text)} is rejected`, () => assert.ok(Number.isNaN(numberIn(text))));
