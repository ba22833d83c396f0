/** @import { Answer, Case, Interview, Policy, Said } from 'placet' */
/** @import { PlacetEligibility } from 'placet/element' */
/** @import { Session } from './session.js' */
/** @import { DecisionWithManifest, Key, Step } from './types.js' */
/** @import { Words } from './words.js' */

/**
 * The data and functions that every view gets. It is created for each page shown and does not change while that is
 * shown.
 * @typedef {object} Context
 * @property {Session} session
 * @property {Policy} policy the chosen policy, from the step 'case' on
 * @property {Case} caseFile the case, from the step 'scope' on
 * @property {Session['ask']} ask the request (subject, day, assistance, answers) for the functions of `caseFile`
 * @property {Interview} interview for the request, computed on first use
 * @property {DecisionWithManifest} decision for the one subject, computed on first use
 * @property {DecisionWithManifest} matrix for all subjects of the case, computed on first use
 * @property {Words} words
 * @property {Pick<PlacetEligibility, 'asOf' | 'assistance'>} host the element itself
 * @property {(work: () => void) => void} act does something and renders the page it leads to
 * @property {(part: Element, work: () => Promise<void>) => Promise<void>} load changes a part of the page by something that
 *   may have to be fetched; shows its error instead of the page, unless the part was removed meanwhile
 * @property {(step: Step) => void} go goes to a step; 'question' asks the most influential open question
 * @property {(key: Key) => void} change asks one fact again, whether answered or open; afterwards asks only what newly
 *   matters, keeps the other answers and returns to the result
 * @property {(subject: string) => void} enter goes from the matrix to the result of one subject
 * @property {(key: Key, statements: Said[]) => void} answer records an answer and goes on
 * @property {(text: string) => void} announce announces a text to screen readers, politely
 */

import { bare } from './answers.js';

/**
 * @param {Session} session
 * @param {Context['host']} host
 * @param {Words} words
 * @param {Pick<Context, 'announce' | 'act' | 'load'> & {emit: (name: string, detail: Answer) => void}} does
 * @returns {Context}
 */
export function contextOf(session, host, words, { announce, act, load, emit }) {
  return {
    session,
    host,
    words,
    policy: /** @type {Policy} */ (session.policy),
    caseFile: /** @type {Case} */ (session.caseFile),
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
    load,
    go: (step) => act(() => session.go(step)),
    change: (key) => act(() => session.change(key)),
    enter: (subject) => act(() => session.enter(subject)),
    answer: (key, statements) =>
      act(() => {
        session.answer(key, statements);
        emit('placet-answer', { ...bare(key), statements });
      }),
  };
}
