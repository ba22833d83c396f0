/** The origin of rules and facts: documents and lines, and the sources, ratings and dates of statements. */

import { h, policyText } from '../dom.js';
import { fold, lengthOf, phrase, referred } from './page.js';
import { provenanceOf, valueOf } from './sources.js';

/** @import { Citation, Fact, Origin } from '../types.js' */
/** @import { Words } from '../words.js' */
/** @import { Page } from './page.js' */

const NOT = /** @type {const} */ (['not_rivals', 'not_subject', 'not_interested', 'not_promises']);

/**
 * The source of a claim or citation, linked to its document if the address is known.
 * @param {Page} page @param {Origin} place
 */
export const from = ({ words, outline, decision }, place) => provenanceOf(words, [...outline.sources, ...decision.policy.sources], place);

/** Why a statement does not count. @param {Words} words @param {string} why */
export const why = (words, why) => words.t(`result-left-${why.replaceAll(' ', '-')}`);

/** Names the evidence standard of a fact and lists its conditions. @param {Page} page @param {string} name */
export function standard({ words, outline }, name) {
  const { rated, within, ...not } = referred(outline.standards, 'name', name);
  const { t } = words;
  const asks = [
    rated && t('result-standard-rated', { grade: rated, source: t(`question-reliability-${rated[0].toLowerCase()}`), says: t(`question-credibility-${rated[1]}`) }),
    within && t('result-standard-within', { length: lengthOf(words, within) }),
    ...NOT.filter((mark) => not[mark]).map((mark) => t(`result-standard-${mark.replace('_', '-')}`)),
  ].filter(Boolean);
  const list = asks.length > 0 && [h('p', null, t('result-standard-asks')), h('ul', null, asks.map((one) => h('li', null, one)))];
  return h('div', { class: 'note' }, fold(phrase(words, 'result-standard', { standard: policyText(words, name) }), h('p', null, t('result-standard-why')), list));
}

/** The sources of a rule. @param {Page} page @param {Citation[]} citations */
export function cited(page, citations) {
  const { words } = page;
  return citations.length > 0 && h('p', { class: 'cited' }, words.t('result-cited'), ' ', citations.map(({ source, lines, basis }, at) =>
    [at > 0 && words.t('result-semicolon'), from(page, { source, lines }), ` (${words.t(`question-basis-${basis}`)})`]));
}

/** The text of a rule in the policy's file. @param {Page} page @param {{words: string}} rule */
export const ownWords = ({ words }, rule) =>
  fold(words.t('result-own-words'), h('pre', { lang: 'en', dir: 'ltr' }, rule.words));

/** The statements about a fact, and those that do not count, with the reason. @param {Page} page @param {Fact} fact */
export function statements(page, fact) {
  const { words, subject } = page;
  const statementAt = (/** @type {number} */ at) => subject.statements[at];
  const alike = fact.status === 'known' && new Set(fact.statements.map((at) => statementAt(at).text)).size < 2;
  const lines = [
    ...fact.statements.map((at) => h('li', null, !alike && [valueOf(page.context, statementAt(at)), ' · '], from(page, statementAt(at)))),
    ...(fact.left_out ?? []).map(({ statement, why: reason }) => h('li', null,
      words.t('result-left-out', { why: why(words, reason) }), ' ', valueOf(page.context, statementAt(statement)), ' · ', from(page, statementAt(statement)))),
  ];
  return lines.length > 0 && h('ul', { class: 'said' }, lines);
}
