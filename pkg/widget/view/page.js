/** What the parts of a result share: one verdict on one subject, and how its sentences are looked up and said. */

import { h, id, policyText } from '../dom.js';
import { button } from './frame.js';

/**
 * @typedef {import('../context.js').Context} Context
 * @typedef {import('../session.js').Words} Words
 *
 * @typedef {object} Page
 * @property {Context} context
 * @property {Words} words
 * @property {any} outline   placet-policy/1
 * @property {any} decision  placet-decision/1
 * @property {any} subject   the subject's part of it
 * @property {any} verdict   its verdict for the type of assistance shown
 * @property {number} level  how deep the headings of the parts stand
 * @property {Map<string, string>} laidBare sentences once compared, by their text
 */

/** Texts in which nodes stand for characters that no text has. @param {string} text @param {Node[]} held @returns {(Node | string)[]} */
const filled = (text, held) =>
  text.split(/\u2068?([\ue000-\uefff])\u2069?/).map((part, at) => (at % 2 ? held[part.charCodeAt(0) - 0xe000] : part));

/** @param {number} at */
const stand = (at) => String.fromCharCode(0xe000 + at);

/** A message in which elements stand where it names them.
 * @param {Words} words @param {string} message @param {Record<string, any>} args */
export function phrase(words, message, args) {
  /** @type {Node[]} */
  const held = [];
  const said = Object.entries(args).map(([name, value]) => [name, value instanceof Node ? stand(held.push(value) - 1) : value]);
  return filled(words.t(message, Object.fromEntries(said)), held);
}

/** “a, b and c”. @param {Words} words @param {Node[]} nodes */
export const listed = (words, nodes) => filled(words.list(nodes.map((_, at) => stand(at))), nodes);

/** A part of the page below its heading. @param {Page} page @param {string} message @param {...any} children */
export function part(page, message, ...children) {
  const heading = id('part');
  return h('section', { class: 'part', 'aria-labelledby': heading },
    h(`h${page.level}`, { id: heading }, page.words.t(message)), children);
}

/** What tells how to use the screen, which paper leaves out. @param {any} text */
export const onScreen = (text) => h('span', { class: 'act' }, text);

/** Something shown only when asked for. @param {any} summary @param {...any} children */
export const fold = (summary, ...children) => h('details', null, h('summary', null, summary), children);

/** @param {Page} page @param {string} text */
export const factOf = (page, text) => page.subject.facts.find((/** @type {any} */ fact) => fact.text === text);

/** @param {Page} page @param {string} rule */
export const ruleOf = (page, rule) => page.outline.rules.find((/** @type {any} */ one) => one.id === rule);

/** Whether a fact is answered by yes or no. @param {Page} page @param {any} fact */
export const isYesOrNo = ({ outline }, fact) =>
  outline.facts.find((/** @type {any} */ one) => one.phrase === fact.phrase)?.type.kind === 'yes or no';

/** The way to answer a question anew. @param {Page} page @param {any} key @param {string} [question] as it was asked */
export const change = ({ context, words }, key, question = key.question) =>
  button(words.t('result-change'), () => context.change(key), 'link act', words.t('result-change-answer', { question: words.policyText(question).text }));

/** The way to say otherwise of a fact, where it can be asked about. @param {Page} page @param {any} fact */
export function correct(page, fact) {
  const { settled, interview } = page.context.session;
  const key = [...settled, ...interview.answered].find((one) => one.fact === fact.phrase && one.standard === fact.standard && one.question === fact.question);
  return key && change(page, key);
}

/**
 * A sentence about a fact. Where it is not translated but the fact's question is, the question and its answer say it.
 * @param {Page} page @param {string} text @param {any} [fact]
 */
export function sentence(page, text, fact) {
  const { words } = page;
  if (words.policyText(text).lang === words.language || !fact || !isYesOrNo(page, fact)) return policyText(words, text);
  const question = policyText(words, fact.question);
  // Where the question is not translated either, it says no more than the sentence.
  if (question.lang) return policyText(words, text);
  return h('span', null, question, ' ', h('b', null, words.t(text === fact.text ? 'question-yes' : 'question-no')));
}

/** What is left of a sentence when “not” and the endings of its words are put aside. @param {Page} page @param {string} text @returns {string} */
function bare({ laidBare }, text) {
  let left = laidBare.get(text);
  if (left === undefined) {
    left = text.split(' ').filter((word) => !/^(not|does|do)$/.test(word)).map((word) => word.replace(/(ies|es|s|y|e)+$/, '')).join(' ');
    laidBare.set(text, left);
  }
  return left;
}

/** Whether a condition is a test of a fact: it says the fact or its contrary, or goes on to compare it.
 * @param {Page} page @param {string} condition @param {any} fact */
export function tests(page, condition, fact) {
  const said = bare(page, condition);
  const wanted = bare(page, fact.text);
  return said === wanted || said.startsWith(`${wanted} `);
}

/** `15 days`, `6 months`, in words. @param {Words} words @param {string} length */
export function lengthOf(words, length) {
  const [, count, unit] = /^(\d+) (\w+?)s?$/.exec(length) ?? [];
  return words.t(`result-${unit}`, { count: Number(count) });
}

/** The rules of the verdict, with their trees, among whose conditions is a test of the fact.
 * @param {Page} page @param {any} fact @param {string[]} statuses */
export function rulesOn(page, fact, statuses) {
  const { subject, verdict } = page;
  const within = (/** @type {any} */ node) => tests(page, node.text, fact) || node.children?.some(within);
  return verdict.rules.filter((/** @type {any} */ { id, status }) =>
    statuses.includes(status) && within(subject.rules.find((/** @type {any} */ rule) => rule.id === id).tree));
}
