/** Fields to name entities, such as people, groups and places. */

import { idOf, relationIn } from '../answers.js';
import { h } from '../dom.js';
import { checkbox } from './fields.js';
import { button, labelled } from './frame.js';

/** @import { Question, Said } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Field, Option } from './fields.js' */

/**
 * An option to name a new entity.
 * @param {Context} context @param {Question} question
 * @param {string[]} kinds the possible kinds of the entity
 * @param {Partial<Said> | undefined} statement
 * @param {boolean} known whether a known entity is chosen
 * @returns {Option<Said> | null}
 */
export function otherField({ words, policy }, question, kinds, statement, known) {
  if (!policy.outline.kinds.some(({ name, only_one }) => !only_one && kinds.includes(name))) return null;
  const named = Object.values(statement?.names ?? {})[0];
  const input = h('input', { type: 'text', autocomplete: 'off', value: named ?? '' });
  return {
    // If no entity is known yet, the label "another" would be wrong.
    label: words.t(question.whom.length ? 'question-other' : 'question-put-name'),
    chosen: Boolean(named) && !known,
    more: labelled(words.t('question-name'), input),
    read(mistakes) {
      const title = input.value.trim();
      const is = idOf(title);
      if (!is) mistakes.push({ text: words.t('question-wrong-name'), field: input });
      return { value: { is }, names: { [is]: title } };
    },
  };
}

/**
 * Fields for any number of names, known and new, and whether the list is complete.
 * @param {Context} context @param {Question} question @param {Partial<Said> | undefined} statement
 * @returns {Field<Said>}
 */
export function namesField({ words, announce }, question, statement) {
  const { members: chosen = [], complete } = relationIn(statement?.value);
  /** @type {Map<string, {title: string, input?: HTMLInputElement}>} */
  const listed = new Map();
  const list = h('div', { class: 'options' });
  const offer = (/** @type {string} */ one, /** @type {string} */ title, /** @type {boolean} */ checked) => {
    const { input, element } = checkbox(h('bdi', null, title), checked);
    listed.set(one, { title, input });
    list.append(element);
  };
  for (const { id, title } of question.whom) offer(id ?? title, title, chosen.includes(id ?? title));
  const add = (/** @type {string} */ one, /** @type {string} */ title) => {
    listed.set(one, { title });
    const row = h('div', { class: 'named' }, h('bdi', null, title), button(
      [words.t('question-remove'), h('span', { class: 'unseen' }, ' ', title)],
      () => {
        listed.delete(one);
        row.remove();
        announce(words.t('question-removed', { name: title }));
        input.focus();
      },
      'link',
    ));
    list.append(row);
  };
  for (const [one, title] of Object.entries(statement?.names ?? {})) if (!listed.has(one)) add(one, title);
  const input = h('input', {
    type: 'text',
    autocomplete: 'off',
    onkeydown(event) {
      // Enter adds the name instead of submitting the page.
      if (event.key !== 'Enter' || !input.value.trim()) return;
      event.preventDefault();
      take();
    },
  });
  function take() {
    const title = input.value.trim();
    const one = idOf(title);
    if (!one) return input.focus();
    const known = listed.get(one);
    if (known?.input) known.input.checked = true;
    else if (!known) add(one, title);
    announce(words.t('question-added', { name: title }));
    input.value = '';
    input.focus();
  }
  const all = checkbox(words.t('question-no-others'), Boolean(complete));
  return {
    element: h('div', null, list, labelled(words.t('question-name'), input, null, button(words.t('question-add'), take)), all.element),
    read(mistakes) {
      if (idOf(input.value)) take();
      const members = [];
      /** @type {Record<string, string>} */
      const names = {};
      for (const [one, { title, input: box }] of listed) {
        if (box && !box.checked) continue;
        members.push(one);
        if (!box) names[one] = title;
      }
      if (!members.length) mistakes.push({ text: words.t('question-wrong-names'), field: input });
      return { value: { members, complete: all.input.checked }, names };
    },
  };
}
