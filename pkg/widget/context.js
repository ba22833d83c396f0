/**
 * What every view is given. It is made anew for each page that is shown, so what it holds does not change under a view.
 * @typedef {object} Context
 * @property {import('./session.js').Session} session
 * @property {any} policy       the engine's policy that was chosen, with `policy.outline` (placet-policy/1)
 * @property {import('./session.js').Ask} ask          what is asked: subject, day, assistance, answers; to be handed to the functions of `session.caseFile`
 * @property {any} interview    placet-interview/1 for it, worked out when first looked at
 * @property {any} decision     placet-decision/1 for the one subject, worked out when first looked at
 * @property {any} matrix       placet-decision/1 for all subjects of the case, worked out when first looked at
 * @property {import('./session.js').Words} words
 * @property {any} host         the element itself
 * @property {(step: import('./session.js').Step) => void} go            goes to a step; 'question' asks the most telling open question
 * @property {(key: import('./session.js').Key) => void} change          asks one fact, answered or open, again; returns to the result with the
 *                                                other answers kept, after asking only what newly came to matter
 * @property {(subject: string) => void} enter    from the matrix into the result of one subject
 * @property {(text: string) => void} announce    has a screen reader say something, politely
 */

import { bare } from './answers.js';

/**
 * @param {import('./session.js').Session} session
 * @param {any} host
 * @param {import('./session.js').Words} words
 * @param {{announce: (text: string) => void, act: (work: () => void) => void, tell: (name: string, detail: any) => void}} does
 * @returns {any}
 */
export function contextOf(session, host, words, { announce, act, tell }) {
  return {
    session,
    host,
    words,
    policy: session.policy,
    get ask() {
      return session.ask;
    },
    get interview() {
      return session.interview;
    },
    get decision() {
      return session.decision;
    },
    get matrix() {
      return session.matrix;
    },
    announce,
    act,
    go: (/** @type {any} */ step) => act(() => session.go(step)),
    change: (/** @type {any} */ key) => act(() => session.change(key)),
    enter: (/** @type {string} */ subject) => act(() => session.enter(subject)),
    answer: (/** @type {any} */ key, /** @type {any[]} */ statements) =>
      act(() => {
        session.answer(key, statements);
        tell('placet-answer', { ...bare(key), statements });
      }),
  };
}
