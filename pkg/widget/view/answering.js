/** The possible answers to a question, by the type of its fact. */

import { h, policyText } from '../dom.js';
import { dayField, numberField } from './fields.js';
import { namesField, otherField } from './targets.js';

/** @import { Question, Said, Value } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { Amount, Field, Option } from './fields.js' */

/**
 * @param {Context} context
 * @param {Question} question
 * @param {Partial<Said> | undefined} statement the earlier answer
 * @returns {Option<Said>[]} each reads as `{value, names?}`
 */
export function answersTo(context, question, statement) {
  const { words } = context;
  const { type } = question;
  const value = statement?.value;
  /** @param {Child} label @param {Value} one @returns {Option<Said>} */
  const plain = (label, one) => ({ label, chosen: JSON.stringify(one) === JSON.stringify(value), read: () => ({ value: one }) });
  /** @param {Child} label @param {Field<Value>} field @returns {Option<Said>} */
  const put = (label, field) => ({ label, chosen: true, more: field.element, read: (mistakes) => ({ value: field.read(mistakes) }) });
  switch (type.kind) {
    case 'number': {
      const unit = policyText(words, type.unit);
      return [put(words.t('question-put-number'), numberField(words, unit, /** @type {Amount<number> | undefined} */ (value)))];
    }
    case 'date':
      return [put(words.t('question-put-date'), dayField(words, words.t('question-day-of'), /** @type {Amount<string> | undefined} */ (value)))];
    case 'choice':
      return type.values.map((one) => plain(policyText(words, one), one));
    case 'one': {
      const known = question.whom.map((one) => plain(one.id ? h('bdi', null, one.title) : policyText(words, one.title), { is: one.id ?? one.title }));
      const other = otherField(context, question, type.of, statement, known.some(({ chosen }) => chosen));
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
