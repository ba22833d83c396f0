/** The concerns: what must be weighed, but does not decide. */

import { h, policyText } from '../dom.js';
import { cited, statements } from './evidence.js';
import { factOf, part, referred, sentence } from './page.js';

/** @import { Concern } from '../types.js' */
/** @import { Page } from './page.js' */

/** What must be answered comes first. */
const ORDER = ['yes', 'open', 'no'];

/** The number of concerns to answer and of open ones, in a sentence. @param {Page} page */
export function concernsCounted({ words, verdict: { concerns = [] } }) {
  const count = (/** @type {string} */ wanted) => concerns.filter(({ raised }) => raised === wanted).length;
  return [['yes', 'result-concerns-raised'], ['open', 'result-concerns-open']]
    .filter(([wanted]) => count(wanted) > 0)
    .map(([wanted, message]) => h('p', null, words.t(message, { count: count(wanted) })));
}

/** @param {Page} page */
export function concerns(page) {
  const { words, verdict: { concerns: all = [] } } = page;
  if (!all.length) return null;
  const sorted = ORDER.flatMap((wanted) => all.filter(({ raised }) => raised === wanted));
  return part(page, 'result-concerns',
    h('p', null, words.t('result-concerns-meaning')),
    h('ul', { class: 'facts' }, sorted.map((one) => concern(page, one))));
}

/** @param {Page} page @param {Concern} concern */
function concern(page, { id, raised, reasons: [first = []], missing }) {
  const { words, outline, subject } = page;
  const { title, level, who, remedy, citations } = referred(outline.concerns ?? [], 'id', id);
  const about = [words.t(`result-concern-${raised}`), level && words.t(`result-concern-${level}`), who && policyText(words, who)].filter(Boolean);
  const findings = raised === 'yes' ? first.map((text) => referred(subject.findings, 'text', text)) : [];
  return h('li', null, policyText(words, title),
    h('p', { class: 'note' }, about.flatMap((one, at) => (at ? [' · ', one] : [one]))),
    findings.length > 0 && h('ul', { class: 'facts' }, findings.map(({ text, fact }) =>
      h('li', null, sentence(page, text, factOf(page, fact)), statements(page, factOf(page, fact))))),
    missing.length > 0 && h('ul', { class: 'facts' }, missing.map(({ fact }) =>
      h('li', null, policyText(words, factOf(page, fact).question), statements(page, factOf(page, fact))))),
    raised !== 'no' && remedy && h('p', { class: 'note remedy' }, words.t('result-remedy'), ' ', policyText(words, remedy)),
    cited(page, citations));
}
