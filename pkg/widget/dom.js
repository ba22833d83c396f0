/** Builds elements: one object holds attributes, properties and listeners; texts are never parsed as markup. */

import { shown } from './shown.js';

/** Names that must be set as properties, since the attributes mean something else. */
const PROPERTIES = new Set(['value', 'checked']);

/**
 * @typedef {Node | string | number | null | undefined | false | Child[]} Child
 * @param {string} tag use `bdi` for texts that others wrote: it isolates their direction and shows hidden characters
 * @param {Record<string, any> | null} [properties] `on…` adds a listener; `class`, `aria-…` and the like are
 *   attributes; null, undefined and false are left out
 * @param {...Child} children
 * @returns {any} the element
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) element[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodes(children).map((child) => (tag === 'bdi' && typeof child === 'string' ? shown(child) : child)));
  return element;
}

/** @param {Child[]} children @returns {(Node | string)[]} */
function nodes(children) {
  return children.flat(Infinity).filter((child) => child || child === 0).map((child) => (child instanceof Node ? child : String(child)));
}

/**
 * Shows a text of the policy in the reader's language, or marked as English if it is not translated.
 * @param {import('./session.js').Words} words
 * @param {string} text the English text in the policy
 * @param {string} [tag]
 * @param {Record<string, any>} [properties]
 */
export function policyText(words, text, tag = 'bdi', properties) {
  const translated = words.policyText(text);
  const marks = translated.lang === words.language ? { dir: 'auto' } : { lang: translated.lang, dir: 'ltr' };
  return h(tag, { ...properties, ...marks }, translated.text);
}

/**
 * Shows the title of a dossier. Dossiers that come with a policy are in its language; an official's own can be in any.
 * @param {import('./context.js').Context} context
 * @param {string} title
 */
export const dossierTitle = ({ words, session }, title) => (session.isShipped ? policyText(words, title) : h('bdi', null, title));

let last = 0;

/** Makes an id that is unique in the shadow trees of the page. @param {string} what */
export const id = (what) => `${what}-${++last}`;
