/** The look of verdicts and of rule outcomes: always a shape and a word, never only a colour. */

import { h } from '../dom.js';

/** @import { Words } from '../words.js' */

const CIRCLE = 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z';
const OCTAGON = 'M8 2h8l6 6v8l-6 6H8l-6-6V8z';
const RING = `${CIRCLE}M12 4.2a7.8 7.8 0 1 1 0 15.6 7.8 7.8 0 0 1 0-15.6z`;
const SQUARE = 'M4 4h16v16H4z';
const TICK = 'M7.5 12.5l3.2 3.2L16.5 9';
const CROSS = 'M8.5 8.5l7 7M15.5 8.5l-7 7';
const QUESTION = 'M9.4 9.6a2.6 2.6 0 1 1 3.9 2.3c-.9.5-1.3 1-1.3 1.9M12 16.7v.1';

/** Shape and sign by outcome. @type {Record<string, [string, string]>} */
const LOOKS = {
  eligible: [CIRCLE, TICK],
  ineligible: [OCTAGON, CROSS],
  undetermined: [RING, QUESTION],
  met: [CIRCLE, TICK],
  failed: [OCTAGON, CROSS],
  open: [RING, QUESTION],
  lifted: [SQUARE, 'M12 16.5v-9m-3.5 3.5L12 7.5l3.5 3.5'],
  'not applicable': [SQUARE, 'M8.5 12h7'],
};

const SVG = 'http://www.w3.org/2000/svg';

/** The icon of an outcome. @param {string} outcome */
export function icon(outcome) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const [shape, sign] = LOOKS[outcome];
  svg.setAttribute('class', shape === RING ? 'icon hollow' : 'icon');
  for (const line of [shape, sign]) {
    const path = svg.appendChild(document.createElementNS(SVG, 'path'));
    path.setAttribute('d', line);
  }
  return svg;
}

/** The CSS class that colours an outcome. @param {string} outcome */
export const tone = (outcome) => `is-${outcome.replace(' ', '-')}`;

/** Icon and word. @param {string} outcome @param {string} word */
export function badge(outcome, word) {
  return h('span', { class: `badge ${tone(outcome)}` }, icon(outcome), h('span', null, word));
}

/** Icon and word of a verdict. @param {Words} words @param {string} verdict */
export const verdictBadge = (words, verdict) => badge(verdict, words.t(`result-${verdict}`));

/**
 * Icon and word of a rule's status, worded for its kind.
 * @param {Words} words @param {string} kind @param {string} status
 */
export function ruleBadge(words, kind, status) {
  const own = kind !== 'requirement' && (status === 'met' || status === 'failed');
  return badge(status, words.t(`result-rule-${own ? `${kind}-` : ''}${status.replace(' ', '-')}`));
}
