/** The reasons: the smallest sets of facts that force the verdict, each below the rules that they meet or fail. */

import { h, policyText } from '../dom.js';
import { cited, ownWords, statements } from './evidence.js';
import { presumedNote } from './omitted.js';
import { correct, factOf, fold, part, referred, ruleOf, rulesOn, sentence } from './page.js';
import { ruleBadge } from './verdict.js';

/** @import { KnownFact, Rule, RuleOutcome } from '../types.js' */
/** @import { Page } from './page.js' */

/** @typedef {Rule & Pick<RuleOutcome, 'status'>} DecidedRule */

/** The number of rules of a reason above which all are folded. */
const SHOWN = 4;

/** @param {Page} page */
export function reasons(page) {
  const { words, verdict } = page;
  const [first = [], ...others] = verdict.reasons;
  const { together = [] } = verdict;
  if (!first.length && !together.length) return null;
  const eligible = verdict.verdict === 'eligible';
  const groups = grouped(page, first);
  return part(page, 'result-why',
    eligible && h('p', null, words.t('result-why-eligible')),
    h('div', null, groups.map(([rule, findings]) => shownUnder(page, rule, findings, groups.length > SHOWN))),
    together.length > 0 && [
      h('p', null, words.t(`result-together${first.length ? '-with' : ''}`, { count: together.length })),
      together.map((id) => shownUnder(page, { ...ruleOf(page, id), status: 'open' }, [], true)),
    ],
    others.length > 0 && fold(words.t('result-also', { count: others.length }),
      h('ol', { class: 'alternatives' }, others.map((reason) =>
        h('li', null, grouped(page, reason).map(([rule, findings]) => shownUnder(page, rule, findings, true)))))));
}

/**
 * Groups the findings of a reason by the rules that they affect directly; those without such a rule come last.
 * @param {Page} page @param {string[]} reason @returns {[DecidedRule | null, KnownFact[]][]}
 */
function grouped(page, reason) {
  /** @type {RuleOutcome['status'][]} */
  const wanted = page.verdict.verdict === 'eligible' ? ['met', 'lifted', 'not applicable'] : ['failed'];
  const left = new Set(reason.map((text) => referred(page.subject.findings, 'text', text)));
  const bearing = new Map([...left].map((finding) => {
    const fact = factOf(page, finding.fact);
    return [finding, fact ? rulesOn(page, fact, wanted).map(({ id }) => id) : []];
  }));
  /** @type {ReturnType<typeof grouped>} */
  const groups = [];
  for (const { id, status } of page.verdict.rules) {
    const findings = [...left].filter((finding) => bearing.get(finding)?.includes(id));
    if (findings.length) groups.push([{ ...ruleOf(page, id), status }, findings]);
    // If the verdict is ineligible, one rule for each finding is enough; if it is eligible, show all rules that are
    // met.
    if (wanted[0] === 'failed') findings.forEach((finding) => left.delete(finding));
  }
  const unnamed = [...left].filter((finding) => !bearing.get(finding)?.length);
  if (unnamed.length) groups.push([null, unnamed]);
  return groups;
}

/** @param {Page} page @param {DecidedRule | null} rule @param {KnownFact[]} findings @param {boolean} folded */
function shownUnder(page, rule, findings, folded) {
  const facts = h('ul', { class: 'facts' }, findings.map((finding) => {
    const fact = factOf(page, finding.fact);
    return h('li', null, sentence(page, finding.text, fact), ' ', fact && [correct(page, fact), statements(page, fact)],
      fact?.status === 'presumed' && h('p', { class: 'note' }, presumedNote(page, fact)));
  }));
  if (!rule) return h('div', { class: 'reason' }, facts);
  const title = [policyText(page.words, rule.title, 'span'), ' ', ruleBadge(page.words, rule.kind, rule.status)];
  const body = [facts, cited(page, rule.citations), ownWords(page, rule)];
  return folded
    ? h('details', { class: 'reason' }, h('summary', null, h('span', { class: 'ruled' }, title)), body)
    : h('div', { class: 'reason' }, h(`h${page.level + 1}`, null, title), body);
}
