/** Answers and what they answer, as the engine is told them. */

/** @typedef {import('./session.js').Key} Key @typedef {import('./session.js').Answer} Answer */

/** @param {Key} key */
export const keyOf = ({ about, fact, standard }) => JSON.stringify([about, fact, standard]);

/** A key without what else a question or an answer says. @param {Key} key @returns {Key} */
export const bare = ({ about, fact, standard }) => ({ about, fact, standard });

/** An id for somebody who is named for the first time. @param {string} title */
export const idOf = (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');

/**
 * Whoever was named by an answer is introduced wherever somebody is named, and what was said of them waits for as long as
 * nobody names them any more.
 * @param {Answer[]} answers
 * @param {Map<string, string>} named those whom answers named for the first time: titles by id
 */
export function introduced(answers, named) {
  const present = new Set();
  const all = answers.map((answer) => ({
    ...answer,
    statements: answer.statements.map((said) => {
      const ids = [said.value?.is, ...(said.value?.members ?? [])].filter((one) => named.has(one));
      ids.forEach((one) => present.add(one));
      return ids.length ? { ...said, names: Object.fromEntries(ids.map((one) => [one, named.get(one)])) } : said;
    }),
  }));
  const [about, others] = [true, false].map((one) => all.filter((answer) => named.has(answer.about) === one));
  return [...others, ...about.filter((answer) => present.has(answer.about))];
}
