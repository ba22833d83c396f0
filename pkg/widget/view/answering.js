/** The possible answers to a question, by the type of its fact. */

import { h, policyText } from '../dom.js';
import { dayField, numberField } from './fields.js';
import { namesField, otherField } from './targets.js';

/** @typedef {import('../context.js').Context} Context @typedef {import('./fields.js').Option} Option */

/**
 * @param {Context} context
 * @param {any} question
 * @param {Record<string, any> | undefined} statement the earlier answer
 * @returns {Option[]} each reads as `{value, names?}`
 */
export function answersTo(context, question, statement) {
  const { words } = context;
  const { type } = question;
  const value = statement?.value;
  /** @param {import('../dom.js').Child} label @param {any} one @returns {Option} */
  const plain = (label, one) => ({ label, chosen: JSON.stringify(one) === JSON.stringify(value), read: () => ({ value: one }) });
  /** @param {import('../dom.js').Child} label @param {import('./fields.js').Field} field @returns {Option} */
  const put = (label, field) => ({ label, chosen: true, more: field.element, read: (mistakes) => ({ value: field.read(mistakes) }) });
  switch (type.kind) {
    case 'number': {
      const unit = policyText(words, type.unit);
      return [put(words.t('question-put-number'), numberField(words, unit, value))];
    }
    case 'date':
      return [put(words.t('question-put-date'), dayField(words, words.t('question-day-of'), value))];
    case 'choice':
      return type.values.map((/** @type {string} */ one) => plain(policyText(words, one), one));
    case 'one': {
      const known = question.whom.map((/** @type {any} */ one) => plain(one.id ? h('bdi', null, one.title) : policyText(words, one.title), { is: one.id ?? one.title }));
      const other = otherField(context, question, statement, known.some((/** @type {Option} */ { chosen }) => chosen));
      return [...known, ...(other ? [other] : []), plain(words.t('question-no-one'), { is: null })];
    }
    case 'many': {
      const none = plain(words.t('question-none'), { members: [], complete: true });
      const field = namesField(context, question, statement);
      return [{ label: words.t('question-put-names'), chosen: !none.chosen && Boolean(value), more: field.element, read: field.read }, none];
    }
    default:
      return [plain(words.t('question-yes'), true), plain(words.t('question-no'), false)];
  }
}
