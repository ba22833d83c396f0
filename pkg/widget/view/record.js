/** The answers, each with a button to change it; the sources used; and what the decision was made on. */

import { dossierTitle, h, policyText } from '../dom.js';
import { change, part, phrase, referred } from './page.js';
import { linked, provenanceOf, wordsOf } from './sources.js';

/** @import { Decision } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { AnsweredQuestion } from '../types.js' */
/** @import { Words } from '../words.js' */
/** @import { Page } from './page.js' */

/** @param {Page} page */
export function answers(page) {
  const { context, words } = page;
  const { answered } = context.interview;
  if (!answered.length) return null;
  return part(page, 'result-answers', h('dl', { class: 'answers' }, answered.map((answer) => {
    // The question as it was asked can name the entity more precisely.
    const { question } = context.session.askedAs(answer) ?? answer;
    return h('div', null,
      policyText(words, question, 'dt'),
      h('dd', null, answerText(context, answer), !answer.matters && h('p', { class: 'note' }, words.t('result-answer-idle'))),
      h('dd', null, change(page, answer, question)));
  })));
}

/**
 * An answer in words with its source, or each statement if sources disagree.
 * @param {Context} context @param {AnsweredQuestion} answer
 */
function answerText(context, answer) {
  const { words, session, policy: { outline } } = context;
  const statements = session.answerTo(answer)?.statements ?? [];
  // No statement means “I don’t know”.
  if (!statements.length) return words.t('question-unknown');
  const texts = statements.length > 1 ? answer.text.split('; ') : [answer.text];
  const values = statements.map((one, at) => wordsOf(context, { ...one, text: texts[at] ?? '' }));
  if (values.length > 1) {
    return [words.t('question-disagree'), h('ul', { class: 'said' }, statements.map((one, at) => h('li', null, h('b', null, values[at]), ' · ', provenanceOf(words, outline.sources, one))))];
  }
  const [{ value, names, ...origin }] = statements;
  return [values, Object.keys(origin).length > 0 && h('p', { class: 'note' }, provenanceOf(words, outline.sources, origin))];
}

/** Sentences of the dossier that the policy does not ask about. @param {Page} page */
export function notAsked(page) {
  const { words, subject } = page;
  if (!subject.not_asked) return null;
  return part(page, 'result-not-asked', h('ul', { class: 'said' }, subject.not_asked.map(({ text, about, from }) => h('li', null,
    about && [h('b', null, h('bdi', null, about)), ' · '], h('bdi', null, text), from && [' · ', h('bdi', null, from)]))),
  h('p', { class: 'note' }, words.t('result-not-asked-why')));
}

/** The documents that the rules and the statements shown come from. @param {Page} page */
export function sources(page) {
  const { words, outline, decision, subject, verdict } = page;
  const used = new Set(subject.statements.map(({ source }) => source));
  const held = new Set(verdict.rules.filter(({ status }) => status !== 'not applicable').map(({ id }) => id));
  outline.rules.filter(({ id }) => held.has(id)).forEach(({ citations }) => citations.forEach(({ source }) => used.add(source)));
  const list = decision.policy.sources.filter(({ id }) => used.has(id));
  const attributed = new Set(subject.statements.map(({ told }) => told).filter(Boolean));
  if (!list.length && !attributed.size) return null;
  return part(page, 'result-sources', h('ul', { class: 'sources' }, list.map(({ id, title }) => {
    /** @type {Partial<typeof outline.sources[0]>} */
    const { author, date, url } = outline.sources.find((one) => one.id === id) ?? {};
    const name = policyText(words, title);
    return h('li', null,
      linked(url, name),
      author && [words.t('result-comma'), policyText(words, author)], date && [words.t('result-comma'), words.date(date)]);
  }), [...attributed].map((who) => h('li', null, h('bdi', null, who)))), list.length > 0 && h('p', { class: 'note' }, words.t('result-sources-lines')));
}

/** A note that a person decides, and who. @param {Words} words @param {Decision['policy']} policy */
export const advised = (words, { authority }) => h('p', { class: 'note' }, authority
  ? phrase(words, 'result-advised', { authority: policyText(words, authority) })
  : words.t('result-advised-unnamed'));

/**
 * The policy, dossier and files that the decision was made on, how long it holds, and who decides.
 * @param {Page} page
 */
export function record(page) {
  const { words, decision, subject, verdict } = page;
  const { policy, as_of: asOf, manifest } = decision;
  const { sha256 } = referred(manifest.dossiers, 'id', subject.id);
  /** @type {[string, Child][]} */
  const rows = [
    ['policy', [policyText(words, policy.title), h('br'), h('code', null, policy.id), ' ', words.t('result-version', { version: policy.version })]],
    ['hash', code(manifest.policy.sha256)],
    ['as-of', words.date(asOf)],
    ['dossier', [dossierTitle(page.context, subject.title), h('br'), code(sha256), h('p', { class: 'note' }, words.t('result-record-bytes'))]],
    ['holds-until', verdict.holds_until ? words.date(verdict.holds_until) : words.t('result-no-limit')],
    ['files', h('ul', { class: 'files' }, manifest.files.map((file) => h('li', null, h('bdi', null, file.name), h('br'), code(file.sha256))))],
    ['engine', h('bdi', null, `Placet ${manifest.engine}`)],
  ];
  return part(page, 'result-record',
    h('p', null, words.t('result-advice'), ' ', policy.authority
      ? phrase(words, 'result-authority', { authority: policyText(words, policy.authority) })
      : words.t('result-authority-unnamed')),
    h('dl', null, rows.filter(([, value]) => value).map(([name, value]) =>
      h('div', null, h('dt', null, words.t(`result-record-${name}`)), h('dd', null, value)))));
}

/** @param {string} hash */
const code = (hash) => h('code', null, hash);
