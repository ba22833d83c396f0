/** The provenance of statements: source, rating and date; and statements of several sources. */

import { relationIn } from '../answers.js';
import { h, id, policyText } from '../dom.js';
import { checkbox, choice, dateField, isDay, select } from './fields.js';
import { button, labelled } from './frame.js';
import { answersTo } from './answering.js';
import { listed } from './page.js';

/** @import { Question, Said } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { Document, Origin } from '../types.js' */
/** @import { Words } from '../words.js' */
/** @import { Field } from './fields.js' */
/** @import { Mistake } from './frame.js' */

const RELIABILITY = ['A', 'B', 'C', 'D', 'E', 'F'];
const CREDIBILITY = ['1', '2', '3', '4', '5', '6'];
const MARKS = /** @type {const} */ (['rival', 'subject', 'interested', 'promise']);

/**
 * Fields for the source of an answer: all if sources disagree, otherwise those that the evidence standard needs.
 * @param {Context} context
 * @param {Question} question
 * @param {Origin} statement the earlier one
 * @param {boolean} whole
 * @returns {Field<Origin>}
 */
export function provenanceField({ words, policy }, question, statement, whole) {
  const asks = question.provenance;
  const { sources } = policy.outline;
  const list = id('sources');
  const declared = sources.find((one) => one.id === statement.source);
  const who = h('input', { type: 'text', autocomplete: 'off', list, value: statement.told ?? declared?.title ?? statement.source ?? '' });
  const grade = (/** @type {string} */ name, /** @type {string[]} */ marks, /** @type {string | undefined} */ chosen) =>
    select([{ value: '', label: words.t('question-not-rated') }, ...marks.map((mark) => ({ value: mark, label: `${mark} – ${words.t(`question-${name}-${mark.toLowerCase()}`)}` }))], chosen);
  const reliability = grade('reliability', RELIABILITY, statement.grade?.[0]);
  const credibility = grade('credibility', CREDIBILITY, statement.grade?.[1]);
  const date = dateField(words, words.t('question-when'), statement.date, { hint: words.t('question-when-hint'), optional: !asks.date });
  const marks = MARKS.filter((mark) => asks[mark]).map((mark) => ({ mark, ...checkbox(words.t(`question-mark-${mark}`), Boolean(statement[mark])) }));
  return {
    element: h(
      'div',
      null,
      labelled(words.t('question-who'), who, words.t('question-who-hint'), h('datalist', { id: list }, sources.map(({ title }) => h('option', { value: title })))),
      (whole || asks.grade) && [labelled(words.t('question-reliability'), reliability), labelled(words.t('question-credibility'), credibility)],
      (whole || asks.date) && date.element,
      marks.map(({ element }) => element),
    ),
    read(mistakes) {
      const entered = who.value.trim();
      const source = sources.find(({ id, title }) => title === entered || id === entered);
      if (!entered && (whole || asks.source)) mistakes.push({ text: words.t('question-wrong-who'), field: who });
      const rated = reliability.value && credibility.value;
      if ((whole || asks.grade) && !rated && (asks.grade || reliability.value || credibility.value)) {
        mistakes.push({ text: words.t('question-wrong-grade'), field: reliability.value ? credibility : reliability });
      }
      const day = whole || asks.date ? date.read(mistakes) : undefined;
      return {
        ...(source ? { source: source.id, ...(statement.source === source.id && statement.lines ? { lines: statement.lines } : null) } : entered ? { told: entered } : null),
        ...(rated ? { grade: reliability.value + credibility.value } : null),
        ...(day ? { date: day } : null),
        ...Object.fromEntries(marks.filter(({ input }) => input.checked).map(({ mark }) => [mark, true])),
      };
    },
  };
}

/**
 * Fields for the statements of several sources; without any, the answer is only that they disagree.
 * @param {Context} context
 * @param {Question} question
 * @param {Partial<Said>[]} statements
 * @returns {Field<Said[]>}
 */
export function disagreement(context, question, statements) {
  const { words, announce } = context;
  /** @type {(Field<Said> & {legend: HTMLElement})[]} */
  const rows = [];
  const list = h('div', { class: 'sources' });
  const count = () => rows.forEach(({ legend }, at) => (legend.textContent = words.t('question-source', { number: at + 1 })));
  const add = (/** @type {Partial<Said>} */ statement) => {
    const legend = h('legend');
    const earlier = statement.value === 'contested' ? undefined : statement;
    const options = answersTo(context, question, earlier);
    const value = choice(words.t('question-says'), options, { wanted: words.t('question-wrong-says'), inline: true });
    const where = provenanceField(context, question, statement, true);
    const remove = button(words.t('question-remove-source'), () => {
      rows.splice(rows.indexOf(row), 1);
      element.remove();
      count();
      announce(words.t('question-source-removed'));
      more.focus();
    }, 'link');
    const element = h('fieldset', { class: 'source', part: 'source' }, legend, value.element, where.element, remove);
    const row = { element, legend, read: (/** @type {Mistake[]} */ mistakes) => ({ ...value.read(mistakes), ...where.read(mistakes) }) };
    rows.push(row);
    list.append(element);
    count();
    return element;
  };
  const more = button(words.t('question-add-source'), () => {
    add({}).querySelector('input')?.focus();
    announce(words.t('question-source-added'));
  });
  for (const statement of statements) add(statement);
  return {
    element: h('div', null, h('p', { class: 'hint' }, words.t('question-sources-hint')), list, more),
    read(mistakes) {
      if (!rows.length) return [{ value: 'contested' }];
      if (rows.length === 1) mistakes.push({ text: words.t('question-wrong-sources'), field: more });
      return rows.map((row) => row.read(mistakes));
    },
  };
}

/**
 * The title of a document, as a link if its address is known.
 * @param {string | null | undefined} url @param {Child} name
 */
export const linked = (url, name) =>
  /^https?:\/\//.test(url ?? '') ? h('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, name) : name;

/**
 * The source of a statement on record, its rating and its date.
 * @param {Words} words @param {Document[]} sources @param {Origin} statement
 */
export function provenanceOf(words, sources, { source, lines, told: attributed, grade, date, ...marks }) {
  const declared = sources.find(({ id }) => id === source);
  const parts = [
    source && [linked(declared?.url, declared ? policyText(words, declared.title) : source), lines && [words.t('result-comma'), words.t('question-lines', { lines, many: /\D/.test(lines) })]],
    attributed && h('bdi', null, attributed),
    ...MARKS.filter((mark) => marks[mark]).map((mark) => words.t(`question-mark-${mark}`)),
    grade && h('span', null, `${grade} – ${words.t(`question-reliability-${grade[0].toLowerCase()}`)}, ${words.t(`question-credibility-${grade[1]}`)}`),
    date && words.date(date),
  ].filter(Boolean);
  return parts.length ? parts.map((part, at) => [at ? ' · ' : null, part]) : words.t('question-no-source');
}

/** The value of a statement in words. @param {Context} context @param {Worded} statement */
export const valueOf = (context, statement) => h('b', null, wordsOf(context, statement));

/** @typedef {Said & {text: string, fact?: string}} Worded a statement with the engine's sentence */

/** @param {Context} context @param {Worded} statement @returns {Child} */
export function wordsOf({ words, session }, { value, text, fact, names }) {
  const { t } = words;
  if (typeof value === 'boolean') return t(`question-${value ? 'yes' : 'no'}`);
  if (value === 'contested') return t('question-disagree');
  const { is, members, complete } = relationIn(value);
  const title = (/** @type {string} */ one) => h('bdi', null, names?.[one] ?? session.titleOf(one) ?? one);
  if (is === null) return t('question-no-one');
  if (is) return title(is);
  if (members) return members.length ? [listed(words, members.map(title)), complete && ` · ${t('question-no-others')}`] : t('question-none');
  const [written] = text.split(`${fact}: `).slice(-1);
  const [, way, first, second, unit] = /^(?:(at least|at most|not before|not after|between) )?([\d-]+)(?: and ([\d-]+))?(?: (\D+))?$/.exec(written) ?? [];
  // Values of a choice are texts of the policy, and anything that is not an amount or date is shown as the engine
  // writes it.
  if (!first || (written === value && !isDay(written))) return policyText(words, written);
  const amount = (/** @type {string} */ one) => (unit ? words.number(Number(one)) : words.date(one));
  return [way && `${t(`question-way-${way.replace(' ', '-')}`)} `, amount(first), second && ` ${t('question-and')} ${amount(second)}`, unit && [' ', policyText(words, unit)]];
}
