/** The facts that are open, and the effect of settling each. */

import { h, policyText } from '../dom.js';
import { establishes } from './changes.js';
import { standard, statements } from './evidence.js';
import { button } from './frame.js';
import { asks, factOf, fold, isYesOrNo, listed, onScreen, part, phrase, referred, ruleOf, sentence } from './page.js';
import { verdictBadge } from './verdict.js';

/** @import { Outlook } from 'placet' */
/** @import { Fact, Missing } from '../types.js' */
/** @import { Page } from './page.js' */

/** The number of open facts that are shown before the rest is folded. */
const SHOWN = 5;

/** The number of rules that are named for a fact. */
const RULES = 3;

/** @param {Page} page */
export function missing(page) {
  const { context, words, verdict } = page;
  const settled = verdict.verdict !== 'undetermined';
  if (settled) {
    const besides = establishes(page) && h('p', null, words.t('result-missing-besides', { title: words.t('result-to-establish') }));
    return part(page, 'result-missing', h('p', null, words.t('result-missing-nothing')), besides);
  }
  const outlook = context.session.attempt(() => context.caseFile.outlook({ ...context.ask, assistance: [verdict.assistance] }));
  const items = verdict.missing.map((one) => item(page, one, outlook.find(({ fact }) => fact === one.fact)));
  const rest = items.slice(SHOWN);
  return part(page, 'result-missing',
    h('p', null, words.t('result-missing-count', { count: items.length }), ' ', items.length > 0 && onScreen(words.t('result-missing-choose', { count: items.length }))),
    h('ol', { class: 'missing' }, items.slice(0, SHOWN)),
    rest.length > 0 && fold(words.t('result-missing-more', { count: rest.length }),
      h('ol', { class: 'missing', start: SHOWN + 1 }, rest)));
}

/** @param {Page} page @param {Missing} missing @param {Outlook | undefined} outlook */
function item(page, missing, outlook) {
  const { context, words } = page;
  const fact = factOf(page, missing.fact);
  const rules = missing.rules.map((id) => policyText(words, ruleOf(page, id)?.title ?? id));
  // Without a key, the question is about an entity that has not been named yet, and cannot be asked.
  const { open, answered } = context.interview;
  const left = open.find(asks(fact));
  const key = left ?? answered.find(asks(fact));
  const question = policyText(words, fact.question);
  return h('li', null,
    key ? button(question, () => context.change(key), 'link') : h('b', null, question),
    ' ', h('span', { class: 'status' }, words.t(`result-status-${fact.status.replaceAll(' ', '-')}`)),
    !key && h('p', { class: 'note' }, words.t('result-unnamed')),
    left?.set_aside && h('p', { class: 'note' }, words.t('result-said-unknown')),
    statements(page, fact),
    fact.standard && standard(page, fact.standard),
    outcomes(page, fact, outlook),
    rules.length > 0 && h('p', { class: 'note' }, phrase(words, 'result-matters-to', {
      rules: h('span', null, listed(words, rules.slice(0, RULES))), more: Math.max(0, rules.length - RULES),
    })));
}

/** Lists the verdict that each answer would lead to. @param {Page} page @param {Fact} fact @param {Outlook | undefined} outlook */
function outcomes(page, fact, outlook) {
  const { words, verdict } = page;
  if (!outlook?.values.length) return null;
  if (outlook.changes_nothing) return h('p', { class: 'note' }, words.t('result-changes-nothing'));
  const plain = isYesOrNo(page, fact);
  const values = outlook.values.map(({ text, verdicts }) => {
    const outcome = referred(verdicts, 'assistance', verdict.assistance).verdict;
    const answer = plain ? words.t(text === fact.text ? 'result-if-yes' : 'result-if-no') : phrase(words, 'result-if', { answer: sentence(page, text, fact) });
    return h('li', null, h('span', null, answer), ' ', verdictBadge(words, outcome));
  });
  // Show yes before no.
  if (plain && outlook.values[0].text !== fact.text) values.reverse();
  return h('ul', { class: 'outlook' }, values);
}
