/** A page with one question: what is asked, what counts, why it is asked, and the possible answers. */

import { h, id, policyText } from '../dom.js';
import { answersTo } from './answering.js';
import { choice } from './fields.js';
import { button, form, heading, onward } from './frame.js';
import { disagreement, provenanceField, provenanceOf, valueOf } from './sources.js';

/** @import { Question, Said } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Citation } from '../types.js' */
/** @import { Mistake } from './frame.js' */

/** The number of rules that are shown with a question, the most important first. */
const REASONS = 3;

/** @param {Context} context @returns {HTMLElement} */
export function renderQuestion(context) {
  const { words, session, go } = context;
  // The step 'question' has a question.
  const question = /** @type {Question} */ (session.question);
  const given = session.answerTo(question)?.statements;
  const disagree = Boolean(given && (given.length > 1 || given[0]?.value === 'contested'));
  const statement = disagree ? undefined : given?.[0];

  const where = provenanceField(context, question, statement ?? {}, false);
  where.element = question.provenance.source
    ? h('fieldset', { class: 'field more' }, h('legend', null, words.t('question-where')), where.element)
    : h('details', { class: 'more', open: Boolean(statement?.told || statement?.source) }, h('summary', null, words.t('question-where-open')), where.element);
  const answers = answersTo(context, question, statement);
  // Offer a field to fill in right away, unless another answer was given.
  if (given && !statement) for (const answer of answers) answer.chosen = false;
  const sides = disagreement(context, question, sidesOf(question, given));
  const options = [
    ...answers.map((answer) => ({
      ...answer,
      read: (/** @type {Mistake[]} */ mistakes) => [{ ...answer.read(mistakes), ...where.read(mistakes) }],
    })),
    words.t('question-or'),
    { label: words.t('question-unknown'), hint: words.t('question-unknown-hint'), chosen: given?.length === 0, read: () => [] },
    { label: words.t('question-disagree'), chosen: disagree, more: sides.element, read: sides.read },
  ];
  const choices = choice(heading(policyText(words, question.question)), options, {
    hint: question.means && [words.t('question-counts'), ' ', policyText(words, question.means)],
    known: known(context, question),
    wanted: words.t('question-wrong-choice'),
  });
  showWith(choices.element, where.element, answers.length);

  const { answered, open } = context.interview;
  return h(
    'div',
    { class: 'page question', part: 'page' },
    h(
      'p',
      { class: 'progress', part: 'progress' },
      words.t('question-answered', { count: answered.length }),
      ' · ',
      words.t('question-left', { count: open.filter((one) => !one.set_aside).length }),
    ),
    form(
      context,
      choices.read,
      (statements) => context.answer(question, statements),
      choices.element,
      where.element,
      h('div', { class: 'buttons' }, onward(words.t('question-continue')), button(words.t('question-result'), () => go('result'))),
    ),
    why(context, question),
  );
}

/**
 * Shows the source fields only for answers that state something.
 * @param {HTMLElement} choices @param {HTMLElement} where
 * @param {number} count the number of such answers, which come first
 */
function showWith(choices, where, count) {
  const inputs = [...choices.querySelectorAll(':scope > .options > .option > input')];
  const show = () => (where.hidden = !inputs.slice(0, count).some((input) => /** @type {HTMLInputElement} */ (input).checked));
  choices.addEventListener('change', show);
  show();
}

/**
 * The initial statements of sources that disagree: those of the earlier answer, or those on record, or two empty ones.
 * @param {Question} question @param {Said[] | undefined} given @returns {Partial<Said>[]}
 */
function sidesOf(question, given) {
  if (given && given.length > 1) return given;
  if (given?.[0]?.value === 'contested') return [];
  return question.statements.length > 1 ? question.statements : [{}, {}];
}

/** What is already on record. @param {Context} context @param {Question} question */
function known(context, { status, fact, statements }) {
  const { words, policy } = context;
  const declared = policy.outline.facts.find(({ phrase }) => phrase === fact);
  const presumed = status === 'presumed' && declared && h('b', null, words.t(`question-${declared.presumed ? 'yes' : 'no'}`));
  if (!statements.length && !presumed) return null;
  const items = statements.map((statement) =>
    h('li', null, valueOf(context, statement), h('span', { class: 'hint' }, provenanceOf(words, policy.outline.sources, statement))),
  );
  return h(
    'div',
    { class: 'inset', part: 'known' },
    h('p', null, words.t(presumed && items.length ? 'question-status-presumed-left-out' : `question-status-${status.replaceAll(' ', '-')}`), ' ', presumed),
    items.length > 0 && h('ul', null, items),
  );
}

/** The texts and sources of the rules that the question matters to. @param {Context} context @param {Question} question */
function why(context, question) {
  const { words, policy } = context;
  const { rules, sources } = policy.outline;
  const found = question.rules.flatMap((one) => rules.find(({ id }) => id === one) ?? []);
  if (!found.length) return null;
  const cited = (/** @type {Citation} */ { source, lines, basis }) =>
    h('p', { class: 'hint' }, provenanceOf(words, sources, { source, lines }), ' · ', words.t(`question-basis-${basis}`));
  const more = found.length - REASONS;
  return h(
    'details',
    { part: 'why' },
    h('summary', null, words.t('question-why')),
    h('p', null, words.t('question-why-text', { count: found.length })),
    found.slice(0, REASONS).map((rule) => {
      const title = id('rule');
      return h(
        'section',
        { class: 'rule', 'aria-labelledby': title },
        h('h2', { id: title }, policyText(words, rule.title)),
        h('pre', { lang: 'en', dir: 'ltr' }, rule.words),
        rule.citations.map(cited),
      );
    }),
    more > 0 && h('p', null, words.t('question-why-more', { count: more })),
  );
}
