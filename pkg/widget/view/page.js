/** Shared by the parts of a result: one verdict on one subject, and functions that look up and show its sentences. */

import { h, id, policyText } from '../dom.js';
import { button } from './frame.js';

/** @import { Outline } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { Condition, DecidedSubject, DecisionWithManifest, Fact, Key, RuleOutcome, Verdict } from '../types.js' */
/** @import { Argument, Words } from '../words.js' */

/**
 * @typedef {object} Page
 * @property {Context} context
 * @property {Words} words
 * @property {Outline} outline
 * @property {DecisionWithManifest} decision
 * @property {DecidedSubject} subject the subject's part of the decision
 * @property {Verdict} verdict the subject's verdict for the type of assistance shown
 * @property {number} level the heading level of the parts
 * @property {Map<string, string>} normalised cache of `normalise`: normalised sentences by their text
 */

/**
 * Replaces placeholders in a text, which are private-use characters, by nodes.
 * @param {string} text @param {Node[]} nodes @returns {(Node | string)[]}
 */
const filled = (text, nodes) =>
  text.split(/\u2068?([\ue000-\uefff])\u2069?/).map((part, at) => (at % 2 ? nodes[part.charCodeAt(0) - 0xe000] : part));

/** @param {number} at */
const placeholder = (at) => String.fromCharCode(0xe000 + at);

/**
 * A message whose arguments can be elements.
 * @param {Words} words @param {string} message @param {Record<string, Argument | Node>} args
 */
export function phrase(words, message, args) {
  /** @type {Node[]} */
  const nodes = [];
  /** @type {Record<string, Argument>} */
  const texts = {};
  for (const [name, value] of Object.entries(args)) texts[name] = value instanceof Node ? placeholder(nodes.push(value) - 1) : value;
  return filled(words.t(message, texts), nodes);
}

/** Joins nodes as “a, b and c”. @param {Words} words @param {Node[]} nodes */
export const listed = (words, nodes) => filled(words.list(nodes.map((_, at) => placeholder(at))), nodes);

/** A part of the page with its heading. @param {Page} page @param {string} message @param {...Child} children */
export function part(page, message, ...children) {
  const heading = id('part');
  return h('section', { class: 'part', 'aria-labelledby': heading },
    h(`h${page.level}`, { id: heading }, page.words.t(message)), children);
}

/** An instruction for the screen, which is not printed. @param {Child} text */
export const onScreen = (text) => h('span', { class: 'act' }, text);

/** A folded part. @param {Child} summary @param {...Child} children */
export const fold = (summary, ...children) => h('details', null, h('summary', null, summary), children);

/**
 * The item that a decision refers to by one of its properties; it is always there.
 * @template Item @template {keyof Item} Name @param {Item[]} items @param {Name} name @param {Item[Name]} value
 */
export const referred = (items, name, value) => /** @type {Item} */ (items.find((one) => one[name] === value));

/** @param {Page} page @param {string} text */
export const factOf = (page, text) => referred(page.subject.facts, 'text', text);

/** @param {Page} page @param {string} rule */
export const ruleOf = (page, rule) => referred(page.outline.rules, 'id', rule);

/** Whether the answer to a fact is yes or no. @param {Page} page @param {Fact} fact */
export const isYesOrNo = ({ outline }, fact) => outline.facts.find(({ phrase }) => phrase === fact.phrase)?.type.kind === 'yes or no';

/** @typedef {Key & {question: string}} Asked a question, open or answered */

/** Returns a function that tests whether a question is about a fact. @param {Fact} fact */
export const asks = (fact) => (/** @type {Asked} */ one) => one.fact === fact.phrase && one.standard === fact.standard && one.question === fact.question;

/**
 * A button to answer a question again.
 * @param {Page} page @param {Asked} key @param {string} [question] as it was asked
 */
export const change = ({ context, words }, key, question = key.question) =>
  button(words.t('result-change'), () => context.change(key), 'link act', words.t('result-change-answer', { question: words.policyText(question).text }));

/** A button to change a fact, if it can be asked about. @param {Page} page @param {Fact} fact */
export function correct(page, fact) {
  const { settled, interview } = page.context.session;
  const key = [...settled, ...interview.answered].find(asks(fact));
  return key && change(page, key);
}

/**
 * A sentence about a fact. If only the fact's question is translated, shows the question and its answer instead.
 * @param {Page} page @param {string} text @param {Fact} [fact]
 */
export function sentence(page, text, fact) {
  const { words } = page;
  if (words.policyText(text).lang === words.language || !fact || !isYesOrNo(page, fact)) return policyText(words, text);
  const question = policyText(words, fact.question);
  // If the question is not translated either, show the sentence.
  if (question.lang) return policyText(words, text);
  return h('span', null, question, ' ', h('b', null, words.t(text === fact.text ? 'question-yes' : 'question-no')));
}

/**
 * Normalises a sentence: drops “not”, “do” and “does”, and the endings of words.
 * @param {Page} page @param {string} text @returns {string}
 */
function normalise({ normalised }, text) {
  let left = normalised.get(text);
  if (left === undefined) {
    left = text.split(' ').filter((word) => !/^(not|does|do)$/.test(word)).map((word) => word.replace(/(ies|es|s|y|e)+$/, '')).join(' ');
    normalised.set(text, left);
  }
  return left;
}

/**
 * Whether a condition tests a fact: it equals the sentence or its negation, or continues it with a comparison.
 * @param {Page} page @param {string} condition @param {Fact} fact
 */
export function tests(page, condition, fact) {
  const tested = normalise(page, condition);
  const wanted = normalise(page, fact.text);
  return tested === wanted || tested.startsWith(`${wanted} `);
}

/** Translates a length such as `15 days` or `6 months`. @param {Words} words @param {string} length */
export function lengthOf(words, length) {
  const [, count, unit] = /^(\d+) (\w+?)s?$/.exec(length) ?? [];
  return words.t(`result-${unit}`, { count: Number(count) });
}

/**
 * The rules of the verdict with one of the statuses that have a condition on the fact.
 * @param {Page} page @param {Fact} fact @param {RuleOutcome['status'][]} statuses
 */
export function rulesOn(page, fact, statuses) {
  const { subject, verdict } = page;
  /** @param {Condition} node @returns {boolean | undefined} */
  const within = (node) => tests(page, node.text, fact) || node.children?.some(within);
  return verdict.rules.filter(({ id, status }) => statuses.includes(status) && within(referred(subject.rules, 'id', id).tree));
}
