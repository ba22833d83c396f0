/**
 * The data and functions that every view gets. It is created for each page shown and does not change while that is
 * shown.
 * @typedef {object} Context
 * @property {import('./session.js').Session} session
 * @property {any} policy the chosen policy in the engine, with `policy.outline` (placet-policy/1)
 * @property {import('./session.js').Ask} ask the request (subject, day, assistance, answers) for the functions of
 *   `session.caseFile`
 * @property {any} interview placet-interview/1 for the request, computed on first use
 * @property {any} decision placet-decision/1 for the one subject, computed on first use
 * @property {any} matrix placet-decision/1 for all subjects of the case, computed on first use
 * @property {import('./session.js').Words} words
 * @property {any} host the element itself
 * @property {(step: import('./session.js').Step) => void} go goes to a step; 'question' asks the most influential open
 *   question
 * @property {(key: import('./session.js').Key) => void} change asks one fact again, whether answered or open;
 *   afterwards asks only what newly matters, keeps the other answers and returns to the result
 * @property {(subject: string) => void} enter goes from the matrix to the result of one subject
 * @property {(text: string) => void} announce announces a text to screen readers, politely
 */

import { bare } from './answers.js';

/**
 * @param {import('./session.js').Session} session
 * @param {any} host
 * @param {import('./session.js').Words} words
 * @param {{announce: (text: string) => void, act: (work: () => void) => void, emit: (name: string, detail: any) => void}} does
 * @returns {any}
 */
export function contextOf(session, host, words, { announce, act, emit }) {
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
        emit('placet-answer', { ...bare(key), statements });
      }),
  };
}
