/** The smallest changes that would make the verdict eligible, and the conditions of the assistance. */

import { h, policyText } from '../dom.js';
import { cited, ownWords, statements } from './evidence.js';
import { correct, factOf, fold, lengthOf, part, phrase, referred, ruleOf, rulesOn, sentence } from './page.js';

/** @import { Change, DeclaredChoice, Obligation } from '../types.js' */
/** @import { Words } from '../words.js' */
/** @import { Page } from './page.js' */

/** The number of changes of a kind above which they are folded. */
const SHOWN = 6;

/** @param {Page} page */
export function changes(page) {
  const { words, verdict } = page;
  if (verdict.verdict === 'eligible') return null;
  if (verdict.out_of_reach) return part(page, 'result-changes', h('p', null, words.t('result-out-of-reach')));
  const [first = [], ...others] = verdict.changes;
  const wanted = first.map((text) => changeOf(page, text));
  // Disputed facts on which the verdict depends, even if the smallest change does not involve them.
  const disputed = verdict.missing.map(({ fact }) => factOf(page, fact)).filter(({ status, text }) =>
    status === 'contested' && !wanted.some(({ fact }) => fact === text));
  if (!first.length && !disputed.length) return null;
  const title = (/** @type {string} */ kind, /** @type {number} */ count) => h(`h${page.level + 1}`, null, words.t(`result-to-${kind}`), ` (${words.number(count)})`);
  return part(page, 'result-changes',
    disputed.length > 0 && [title('settle-first', disputed.length), h('p', null, words.t('result-settle-first')),
      h('ul', { class: 'facts' }, disputed.map((fact) => h('li', null, policyText(words, fact.question), statements(page, fact))))],
    wanted.length > 0 && h('p', null, words.t('result-changes-count', { count: wanted.length })),
    ['settle', 'change', 'establish'].map((kind) => {
      const these = wanted.filter((change) => change.kind === kind);
      const list = [kind === 'settle' && h('p', null, words.t('result-settle-note')), byRemedy(page, these)];
      const name = title(kind, these.length);
      return these.length > SHOWN ? fold(name, list) : these.length > 0 && [name, list];
    }),
    others.length > 0 && fold(words.t('result-changes-or', { count: others.length }),
      h('ul', { class: 'ways' }, others.map((other) => h('li', null, instead(page, other, first))))));
}

/** Whether the smallest change also needs open facts. @param {Page} page */
export const establishes = (page) =>
  !page.verdict.out_of_reach && page.verdict.changes[0]?.some((text) => changeOf(page, text).kind === 'establish');

/** @param {Page} page @param {string} text */
const changeOf = (page, text) => referred(page.subject.changes, 'text', text);

/**
 * Groups changes that need the same remedies, and shows the remedies below them.
 * @param {Page} page @param {Change[]} changes
 */
function byRemedy(page, changes) {
  /** @type {Map<string, {remedies: string[], facts: HTMLElement[]}>} */
  const groups = new Map();
  for (const { text, fact, kind } of changes) {
    const about = factOf(page, fact);
    const remedies = [...new Set(rulesOn(page, about, ['failed', 'open']).flatMap(({ id }) => ruleOf(page, id).remedy || []))];
    const key = remedies.join('\n') || text;
    if (!groups.has(key)) groups.set(key, { remedies, facts: [] });
    groups.get(key)?.facts.push(h('li', null, sentence(page, text, about), ' ', correct(page, about), kind === 'settle' && statements(page, about)));
  }
  return [...groups.values()].map(({ remedies, facts }) =>
    h('div', { class: 'remedied' }, h('ul', { class: 'facts' }, facts), remedies.map((remedy) =>
      h('p', { class: 'note remedy' }, page.words.t('result-remedy'), ' ', policyText(page.words, remedy)))));
}

/**
 * Shows how a set differs from the first, or all of it if they share nothing.
 * @param {Page} page @param {string[]} other @param {string[]} first
 */
function instead(page, other, first) {
  const sentenceOf = (/** @type {string} */ text) => sentence(page, text, factOf(page, changeOf(page, text).fact));
  const list = (/** @type {string[]} */ texts) => h('ul', { class: 'facts' }, texts.map((text) => h('li', null, sentenceOf(text))));
  const here = other.filter((text) => !first.includes(text));
  const there = first.filter((text) => !other.includes(text));
  const line = phrase(page.words, 'result-way', { first: sentenceOf(here[0] ?? other[0]), more: Math.max(0, here.length - 1) });
  return fold(line, here.length > 1 && list(here), there.length > 0 && [h('p', { class: 'note' }, page.words.t('result-instead')), list(there)]);
}

/** The choices and obligations that come with the assistance. @param {Page} page */
export function conditions(page) {
  const { words, outline, verdict } = page;
  const owed = verdict.verdict === 'ineligible' ? [] : verdict.obligations;
  if (!verdict.choices.length && !owed.length) return null;
  const list = verdict.choices.map(({ name, values }) => {
    const choice = referred(outline.choices, 'name', name);
    return h('div', null, policyText(words, choice.title, 'dt'),
      h('dd', null,
        values.length > 1 && h('p', null, words.t('result-choice-open')),
        h('ul', null, values.map((value) => h('li', null, policyText(words, value)))),
        values.length > 1 && turns(page, choice),
        cited(page, choice.citations)));
  });
  return part(page, 'result-conditions',
    list.length > 0 && h('dl', null, list),
    owed.length > 0 && [
      h(`h${page.level + 1}`, null, words.t('result-obligations')),
      h('ul', { class: 'facts' }, owed.map((one) => obligation(page, one))),
    ]);
}

/**
 * Quotes the text of a choice. The facts that it depends on need not affect any verdict and may never be asked.
 * @param {Page} page @param {DeclaredChoice} choice
 */
const turns = (page, choice) => [h('p', { class: 'note' }, page.words.t('result-choice-turns')), ownWords(page, choice)];

/** @param {Page} page @param {Obligation} owed */
function obligation(page, { id, due, holds }) {
  const { words, outline } = page;
  const { title, who, citations } = referred(outline.obligations, 'id', id);
  const about = [who && policyText(words, who), due && when(words, due), holds === 'open' && words.t('result-obligation-open')].filter(Boolean);
  return h('li', null, policyText(words, title),
    about.length > 0 && h('p', { class: 'note' }, about.flatMap((one, at) => (at ? [' · ', one] : [one]))),
    cited(page, citations));
}

/**
 * Describes `within 15 days before delivery`, `every 6 months`, `during delivery`.
 * @param {Words} words @param {string} due
 */
function when(words, due) {
  const [, within, length, side] = /^(?:(within|every) (\d+ \w+) ?)?(before|during|after)?/.exec(due) ?? [];
  return words.t(`result-due-${within ? `${within}${side ? `-${side}` : ''}` : side}`, { length: length && lengthOf(words, length) });
}
