/** Fields for answers. Each reads its own value, and adds a mistake if it is invalid. */

import { h, id, policyText } from '../dom.js';
import { labelled } from './frame.js';

/** @import { Child } from '../dom.js' */
/** @import { Properties } from '../types.js' */
/** @import { Words } from '../words.js' */
/** @import { Mistake } from './frame.js' */
/**
 * What a field reads is used only if it adds no mistake.
 * @template T @typedef {{element: HTMLElement, read: (mistakes: Mistake[]) => T}} Field
 */
/**
 * @template T
 * @typedef {{label: Child, hint?: Child, chosen?: boolean, more?: HTMLElement | null, read: Field<T>['read']}} Option
 */
/** A number or a date, known exactly, as a bound, or as a range. @template T @typedef {T | {[way: string]: T | T[]}} Amount */

/**
 * A choice between several answers; an answer can have more fields.
 * @template T
 * @param {Child} legend
 * @param {(Option<T> | string)[]} options a text is shown between options
 * @param {{hint?: Child, known?: Child, wanted: string, inline?: boolean}} around `wanted` is the message if nothing is
 *   chosen
 * @returns {Field<T>}
 */
export function choice(legend, options, { hint, known, wanted, inline }) {
  const [only] = options;
  if (options.length === 1 && typeof only === 'object' && only.more) {
    return { element: h('fieldset', { class: 'field' }, h('legend', null, legend), only.more), read: only.read };
  }
  const name = id('choice');
  const hinted = hint ? h('div', { class: 'hint', id: id('hint') }, hint) : null;
  /** @type {{option: Option<T>, input: HTMLInputElement}[]} */
  const rows = [];
  const show = () => rows.forEach(({ option, input }) => option.more && (option.more.hidden = !input.checked));
  const parts = options.map((option) => {
    if (typeof option === 'string') return h('p', { class: 'or' }, option);
    const input = h('input', { type: 'radio', name, id: id('option'), checked: option.chosen, onchange: show });
    const about = option.hint ? h('p', { class: 'hint', id: id('hint') }, option.hint) : null;
    if (about) input.setAttribute('aria-describedby', about.id);
    rows.push({ option, input });
    option.more?.classList.add('more');
    return [h('div', { class: 'option' }, input, h('label', { for: input.id }, option.label), about), option.more];
  });
  show();
  return {
    element: h('fieldset', { class: 'field', 'aria-describedby': hinted?.id }, h('legend', null, legend), hinted, known, h('div', { class: inline ? 'options inline' : 'options' }, parts)),
    read(mistakes) {
      const row = rows.find(({ input }) => input.checked);
      if (!row) mistakes.push({ text: wanted, field: rows[0].input });
      return /** @type {T} */ (row?.option.read(mistakes));
    },
  };
}

/** @param {Child} label @param {boolean} checked @param {Properties} [properties] */
export function checkbox(label, checked, properties) {
  const input = h('input', { type: 'checkbox', id: id('check'), checked, ...properties });
  return { input, element: h('div', { class: 'option' }, input, h('label', { for: input.id }, label)) };
}

/**
 * @param {{value: string, label: string, words?: Words}[]} options with `words`, the label is a text of the policy
 * @param {string | undefined} chosen @param {Properties} [properties]
 */
export const select = (options, chosen, properties) =>
  h('select', properties, options.map(({ value, label, words }) => {
    const own = { value, selected: value === chosen };
    return words ? policyText(words, label, 'option', own) : h('option', own, label);
  }));

/** Converts Arabic, Persian and full-width digits to ASCII digits. @param {string} text */
const ourDigits = (text) => text.trim().replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 15));

/** Reads a whole number that consists only of digits; NaN if it is not one. @param {string} text */
function digitsIn(text) {
  const plain = ourDigits(text);
  return /^\d{1,15}$/.test(plain) ? Number(plain) : NaN;
}

/**
 * Reads a whole number: digits only, or groups of three with the same separator. Returns NaN if it is not a number, or
 * if it could be a fraction, such as `1,5`, `8,00` and `1.500`.
 * @param {string} text
 */
export function numberIn(text) {
  const grouped = /^\d{1,3}([\s,\u066c'’])\d{3}(?:\1\d{3})*$/.exec(ourDigits(text));
  return digitsIn(grouped ? ourDigits(text).replaceAll(grouped[1], '') : text);
}

const entry = (/** @type {string} */ size, /** @type {string | number} */ value = '') =>
  h('input', { type: 'text', inputmode: 'numeric', autocomplete: 'off', class: size, value: String(value) });

/** Whether a value is an existing day written as 2016-02-15. @param {string | null | undefined} day @returns {day is string} */
export function isDay(day) {
  const time = Date.parse(String(day));
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day;
}

/** The ways to give a number or date, exactly or in part; these are the keys in a value. */
const NUMBERS = ['exactly', 'at_least', 'at_most', 'between'];
const DAYS = ['exactly', 'not_before', 'not_after', 'between'];

/** @template {number | string} T @param {Amount<T> | undefined} value @param {string[]} ways @returns {[way: string, ...bounds: (T | undefined)[]]} */
function wayOf(value, ways) {
  if (value === undefined || typeof value !== 'object') return ['exactly', value];
  const way = ways.find((one) => one in value);
  if (!way) return ['exactly'];
  const bounds = value[way];
  return [way, ...(Array.isArray(bounds) ? bounds : [bounds])];
}

/**
 * @template T
 * @param {Words} words
 * @param {string[]} ways
 * @param {string} chosen
 * @param {Field<T>} first
 * @param {Field<T>} second
 * @returns {Field<Amount<T>>}
 */
function bounded(words, ways, chosen, first, second) {
  const way = select(ways.map((one) => ({ value: one, label: words.t(`question-way-${one.replace('_', '-')}`) })), chosen, { onchange: show });
  const { element } = second;
  function show() {
    element.hidden = way.value !== 'between';
  }
  show();
  return {
    element: h('div', { class: 'bounded' }, labelled(words.t('question-way'), way), first.element, element),
    read(mistakes) {
      const value = first.read(mistakes);
      if (way.value === 'exactly') return value;
      return { [way.value]: way.value === 'between' ? [value, second.read(mistakes)] : value };
    },
  };
}

/** @param {Words} words @param {Child} label @param {number | undefined} value @returns {Field<number>} */
function plainNumber(words, label, value) {
  const input = entry('medium', value);
  return {
    element: labelled(label, input),
    read(mistakes) {
      const number = numberIn(input.value);
      if (Number.isNaN(number)) mistakes.push({ text: words.t('question-wrong-number'), field: input });
      return number;
    },
  };
}

/** @param {Words} words @param {Child} unit @param {Amount<number> | undefined} value @returns {Field<Amount<number>>} */
export function numberField(words, unit, value) {
  const [way, low, high] = wayOf(value, NUMBERS);
  return bounded(words, NUMBERS, way, plainNumber(words, unit, low), plainNumber(words, words.t('question-and'), high));
}

/**
 * A date with fields for day, month and year; reads as '' if they are empty.
 * @param {Words} words
 * @param {Child} legend
 * @param {string | undefined} iso
 * @param {{hint?: Child, optional?: boolean, unfit?: (iso: string) => string | null}} [around] `unfit` returns why a
 *   day is not allowed
 * @returns {Field<string> & {set: (iso: string) => void}}
 */
export function dateField(words, legend, iso, { hint, optional, unfit } = {}) {
  const inputs = [entry('short'), entry('short'), entry('year')];
  const names = ['day', 'month', 'year'];
  const hinted = hint ? h('p', { class: 'hint', id: id('hint') }, hint) : null;
  const set = (/** @type {string} */ day) => day.split('-').reverse().forEach((part, at) => (inputs[at].value = String(Number(part))));
  if (iso) set(iso);
  const fields = inputs.map((input, at) => labelled(words.t(`question-${names[at]}`), input));
  return {
    set,
    element: h('fieldset', { class: 'field', 'aria-describedby': hinted?.id }, h('legend', null, legend), hinted, h('div', { class: 'date' }, fields)),
    read(mistakes) {
      const empty = inputs.every(({ value }) => !value.trim());
      if (optional && empty) return '';
      const [day, month, year] = inputs.map(({ value }) => digitsIn(value));
      const read = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join('-');
      if (isDay(read)) {
        // A year of two digits would mean a year of antiquity.
        const text = year < 1000 ? words.t('question-wrong-year') : unfit?.(read);
        if (text) mistakes.push({ text, field: inputs[2], with: year < 1000 ? [] : inputs });
        return read;
      }
      const wrong = [!(day >= 1 && day <= 31), !(month >= 1 && month <= 12), !(year >= 1 && year <= 9999)].indexOf(true);
      mistakes.push({ text: words.t('question-wrong-date'), field: inputs[Math.max(wrong, 0)], with: empty ? inputs : [] });
      return read;
    },
  };
}

/** @param {Words} words @param {Child} legend @param {Amount<string> | undefined} value @returns {Field<Amount<string>>} */
export function dayField(words, legend, value) {
  const [way, first, last] = wayOf(value, DAYS);
  return bounded(words, DAYS, way, dateField(words, legend, first), dateField(words, words.t('question-and'), last));
}
