/** Where a rule and a fact come from: documents and lines, and who said what, how good and when. */

import { h, policyText } from '../dom.js';
import { fold, phrase } from './page.js';

/** @typedef {import('./page.js').Page} Page */

/** A document and the lines in it. @param {Page} page @param {string} source @param {string} lines */
function place({ words, decision }, source, lines) {
  const title = decision.policy.sources.find((/** @type {any} */ one) => one.id === source)?.title ?? source;
  const said = policyText(words, title);
  if (!lines) return [said];
  return phrase(words, 'result-lines', { source: said, lines, count: /^\d+$/.test(lines) ? 1 : 2 });
}

/** Where a rule comes from. @param {Page} page @param {any[]} citations */
export function cited(page, citations) {
  const from = citations.flatMap(({ source, lines, basis }, at) =>
    [at > 0 && '; ', place(page, source, lines), ' (', page.words.t(`result-${basis}`), ')']);
  return from.length > 0 && h('p', { class: 'cited' }, page.words.t('result-cited'), ' ', from);
}

/** What the policy's file says of a rule, word for word. @param {Page} page @param {any} rule */
export function ownWords({ words }, rule) {
  return fold(words.t('result-own-words'), h('pre', { class: 'own-words', lang: 'en', dir: 'ltr', tabindex: 0 }, rule.words));
}

/** Who says what of a fact, and what does not count and why. @param {Page} page @param {any} fact */
export function statements(page, fact) {
  const { words, subject } = page;
  const of = (/** @type {number} */ at) => subject.statements[at];
  const alike = fact.status === 'known' && new Set(fact.statements.map((/** @type {number} */ at) => of(at).text)).size < 2;
  const lines = [
    ...fact.statements.map((/** @type {number} */ at) => said(page, of(at), !alike)),
    ...(fact.left_out ?? []).map((/** @type {any} */ { statement, why }) =>
      h('li', null, words.t('result-left-out', { why: words.t(`result-left-${why.replaceAll(' ', '-')}`) }), ' ', said(page, of(statement), true, 'span'))),
  ];
  return lines.length ? h('ul', { class: 'said' }, lines) : null;
}

/** @param {Page} page @param {any} statement @param {boolean} withValue @param {string} [tag] */
function said(page, statement, withValue, tag = 'li') {
  const { words } = page;
  const from = [
    statement.source && h('span', null, place(page, statement.source, statement.lines ?? '')),
    statement.told && h('bdi', null, statement.told),
    ...['rival', 'subject', 'interested', 'promise'].filter((mark) => statement[mark]).map((mark) => words.t(`result-by-${mark}`)),
    statement.grade && words.t('result-rated', { grade: statement.grade }),
    statement.date && words.date(statement.date),
  ].filter(Boolean);
  const value = value_(page, statement);
  return h(tag, null,
    withValue && h('b', null, value), withValue && from.length > 0 && ': ',
    from.length ? from.flatMap((one, at) => (at ? [', ', one] : [one])) : !withValue && words.t('result-unsourced'));
}

/** What is said, in words. @param {Page} page @param {any} statement */
function value_({ words }, { value, text, fact }) {
  if (typeof value === 'boolean') return words.t(value ? 'result-yes' : 'result-no');
  if (value === 'contested') return words.t('result-contested');
  return policyText(words, text.startsWith(`${fact}: `) ? text.slice(fact.length + 2) : text);
}
