/** Builds elements: attributes, properties and listeners from one object, text as text and never as markup. */

import { shown } from './shown.js';

/** What is set as a property, since the attribute would say something else or nothing. */
const PROPERTIES = new Set(['value', 'checked']);

/**
 * @typedef {Node | string | number | null | undefined | false | Child[]} Child
 * @param {string} tag what somebody else has written stands in a `bdi`: it turns nothing around and hides nothing
 * @param {Record<string, any> | null} [properties] `on…` listens, `class`, `aria-…` and the like are attributes;
 *   what is null, undefined or false is left out
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
 * A text of the policy in the reader's language, or marked as English where it is not translated.
 * @param {import('./session.js').Words} words
 * @param {string} text the policy's own English
 * @param {string} [tag]
 * @param {Record<string, any>} [properties]
 */
export function policyText(words, text, tag = 'bdi', properties) {
  const said = words.policyText(text);
  const marks = said.lang === words.language ? { dir: 'auto' } : { lang: said.lang, dir: 'ltr' };
  return h(tag, { ...properties, ...marks }, said.text);
}

/**
 * What a dossier calls somebody. Those that come with a policy are written in its language; an official's own may be in any.
 * @param {import('./context.js').Context} context
 * @param {string} title
 */
export const called = ({ words, session }, title) => (session.isShipped ? policyText(words, title) : h('bdi', null, title));

let last = 0;

/** An id that no other element in the page's shadow trees has. @param {string} what */
export const id = (what) => `${what}-${++last}`;
