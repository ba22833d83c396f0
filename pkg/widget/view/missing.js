/** What is not known or is disputed, and what settling it would come to. */

import { h, policyText } from '../dom.js';
import { statements } from './evidence.js';
import { factOf, fold, part, phrase, ruleOf, sentence } from './page.js';
import { verdictBadge } from './verdict.js';

/** @typedef {import('./page.js').Page} Page */

/** How many open facts are shown before the rest is folded away. */
const SHOWN = 5;

/** @param {Page} page */
export function missing(page) {
  const { context, words, verdict } = page;
  const settled = verdict.verdict !== 'undetermined';
  if (settled) return part(page, 'result-missing', h('p', null, words.t('result-missing-nothing')));
  const { session } = context;
  const outlook = session.attempt(() => session.caseFile.outlook({ ...context.ask, assistance: [verdict.assistance] }));
  const items = verdict.missing.map((/** @type {any} */ one) =>
    item(page, one, outlook.find((/** @type {any} */ { fact }) => fact === one.fact)));
  const rest = items.slice(SHOWN);
  return part(page, 'result-missing',
    h('p', null, words.t('result-missing-count', { count: items.length })),
    h('ol', { class: 'missing' }, items.slice(0, SHOWN)),
    rest.length > 0 && fold(words.t('result-missing-more', { count: rest.length }),
      h('ol', { class: 'missing', start: SHOWN + 1 }, rest)));
}

/** @param {Page} page @param {any} missing @param {any} outlook */
function item(page, missing, outlook) {
  const { context, words } = page;
  const fact = factOf(page, missing.fact);
  const key = context.interview.open.find((/** @type {any} */ open) =>
    open.fact === fact.phrase && open.standard === fact.standard && open.question === fact.question)
    ?? { about: fact.entity, fact: fact.phrase, standard: fact.standard };
  const rules = missing.rules.map((/** @type {string} */ id) => words.policyText(ruleOf(page, id)?.title ?? id).text);
  return h('li', null,
    h('button', { type: 'button', class: 'link', onclick: () => context.change(key) }, policyText(words, fact.question)),
    ' ', h('span', { class: 'status' }, words.t(`result-status-${fact.status.replaceAll(' ', '-')}`)),
    statements(page, fact),
    fact.standard && h('p', { class: 'note' }, words.t('result-standard', { standard: words.policyText(fact.standard).text })),
    comes(page, fact, outlook),
    rules.length > 0 && h('p', { class: 'note' }, words.t('result-matters-to', { rules: rules.slice(0, 3), more: Math.max(0, rules.length - 3) })));
}

/** What each answer would make of the verdict. @param {Page} page @param {any} fact @param {any} outlook */
function comes(page, fact, outlook) {
  const { words, verdict } = page;
  if (!outlook?.values.length) return null;
  if (outlook.changes_nothing) return h('p', { class: 'note' }, words.t('result-changes-nothing'));
  return h('ul', { class: 'outlook' }, outlook.values.map((/** @type {any} */ { text, value, verdicts }) => {
    const come = verdicts.find((/** @type {any} */ { assistance }) => assistance === verdict.assistance)?.verdict;
    const answer = typeof value === 'boolean'
      ? words.t(value ? 'result-if-yes' : 'result-if-no')
      : phrase(words, 'result-if', { answer: sentence(page, text, fact) });
    return come && h('li', null, h('span', null, answer), ' ', verdictBadge(words, come));
  }));
}
