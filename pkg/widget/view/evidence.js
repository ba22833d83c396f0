/** Where a rule and a fact come from: documents and lines, and who said what, how good and when. */

import { h } from '../dom.js';
import { fold } from './page.js';
import { saidBy, valueOf } from './sources.js';

/** @typedef {import('./page.js').Page} Page */

/** The documents that the policy and the dossiers cite. @param {Page} page @param {any} place */
const from = ({ words, decision }, place) => saidBy(/** @type {any} */ ({ words, policy: { outline: decision.policy } }), place);

/** Where a rule comes from. @param {Page} page @param {any[]} citations */
export function cited(page, citations) {
  const { words } = page;
  return citations.length > 0 && h('p', { class: 'cited' }, words.t('result-cited'), ' ', citations.map(({ source, lines, basis }, at) =>
    [at > 0 && words.t('result-semicolon'), from(page, { source, lines }), ` (${words.t(`question-basis-${basis}`)})`]));
}

/** What the policy's file says of a rule, word for word. @param {Page} page @param {any} rule */
export const ownWords = ({ words }, rule) =>
  fold(words.t('result-own-words'), h('pre', { lang: 'en', dir: 'ltr' }, rule.words));

/** Who says what of a fact, and what does not count and why. @param {Page} page @param {any} fact */
export function statements(page, fact) {
  const { words, subject } = page;
  const said = (/** @type {number} */ at) => subject.statements[at];
  const alike = fact.status === 'known' && new Set(fact.statements.map((/** @type {number} */ at) => said(at).text)).size < 2;
  const lines = [
    ...fact.statements.map((/** @type {number} */ at) => h('li', null, !alike && [valueOf(words, said(at)), ' · '], from(page, said(at)))),
    ...(fact.left_out ?? []).map((/** @type {any} */ { statement, why }) => h('li', null,
      words.t('result-left-out', { why: words.t(`result-left-${why.replaceAll(' ', '-')}`) }), ' ', valueOf(words, said(statement)), ' · ', from(page, said(statement)))),
  ];
  return lines.length > 0 && h('ul', { class: 'said' }, lines);
}
