/** Presumptions, and statements that do not count although they would change the verdict. */

import { h } from '../dom.js';
import { from, statements, why } from './evidence.js';
import { correct, factOf, referred, sentence } from './page.js';
import { valueOf } from './sources.js';

/** @import { Fact } from '../types.js' */
/** @import { Page } from './page.js' */

/** Why a fact is presumed: there is no statement, or none that counts. @param {Page} page @param {Fact} fact */
export const presumedNote = ({ words }, fact) => words.t(fact.left_out ? 'result-presumed-left-out' : 'result-presumed');

/**
 * The presumptions that the verdict depends on; those with statements that do not count are listed separately.
 * @param {Page} page
 */
export function presumptions(page) {
  const { words, subject, verdict } = page;
  const facts = verdict.presumptions.map((text) => ({ text, fact: factOf(page, referred(subject.findings, 'text', text).fact) }));
  const list = (/** @type {string} */ title, /** @type {typeof facts} */ these) => these.length > 0 && [
    h('p', null, words.t(title)),
    h('ul', { class: 'facts' }, these.map(({ text, fact }) =>
      h('li', null, sentence(page, text, fact), ' ', correct(page, fact), fact.left_out && statements(page, fact)))),
  ];
  return [
    list('result-presumptions', facts.filter(({ fact }) => !fact.left_out)),
    list('result-presumptions-left-out', facts.filter(({ fact }) => fact.left_out)),
  ];
}

/** The statements that do not count and that would change the verdict if they did. @param {Page} page */
export function omitted(page) {
  const { context, words, subject, verdict: { left_out: omitted } } = page;
  if (!omitted) return null;
  const title = omitted.verdict
    ? words.t(`result-omitted-${omitted.verdict}`)
    : words.t('result-omitted-not-found');
  return h('div', { class: 'omitted' },
    h('p', null, title),
    omitted.statements.length > 0 && h('ul', { class: 'facts' }, omitted.statements.map((one) => {
      const statement = subject.statements[one.statement];
      const fact = factOf(page, one.fact);
      return h('li', null, sentence(page, fact.text, fact), ' ', correct(page, fact), h('ul', { class: 'said' },
        h('li', null, words.t('result-left-out', { why: why(words, one.why) }), ' ', valueOf(context, statement), ' · ', from(page, statement))));
    })),
    omitted.verdict && omitted.cut_short && h('p', { class: 'note' }, words.t('result-omitted-cut-short')));
}
