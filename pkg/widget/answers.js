/** Answers and their keys, in the form that the engine expects. */

/** @import { Answer, Value } from 'placet' */
/** @import { Key, Relation } from './types.js' */

/** @param {Key} key */
export const keyOf = ({ about, fact, standard }) => JSON.stringify([about, fact, standard]);

/** Returns only the key of a question or an answer. @param {Key} key @returns {Key} */
export const bare = ({ about, fact, standard }) => ({ about, fact, standard });

/** Makes an id for an entity that is named for the first time. @param {string} title */
export const idOf = (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

/**
 * Returns what a value names; empty if its fact is not a relation.
 * @param {Value | undefined} value
 */
export const relationIn = (value) => /** @type {Relation} */ (value ?? {});

/**
 * Adds the titles of entities that answers named for the first time to each statement that names one. Leaves out
 * answers about such entities while no answer names them.
 * @param {Answer[]} answers
 * @param {Map<string, string>} named entities that answers named for the first time: titles by id
 */
export function introduced(answers, named) {
  /** @type {Set<string>} */
  const present = new Set();
  const all = answers.map((answer) => ({
    ...answer,
    statements: answer.statements.map((statement) => {
      const { is, members = [] } = relationIn(statement.value);
      const names = [is ?? [], members].flat().flatMap((id) => [...named].filter(([one]) => one === id));
      names.forEach(([id]) => present.add(id));
      return names.length ? { ...statement, names: Object.fromEntries(names) } : statement;
    }),
  }));
  const [about, others] = [true, false].map((one) => all.filter((answer) => named.has(answer.about) === one));
  return [...others, ...about.filter((answer) => present.has(answer.about))];
}
