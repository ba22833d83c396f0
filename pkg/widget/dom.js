/** Builds elements: one object holds attributes, properties and listeners; texts are never parsed as markup. */

import { shown } from './shown.js';

/** @import { Context } from './context.js' */
/** @import { ElementOf, Properties } from './types.js' */
/** @import { Words } from './words.js' */

/** Names that must be set as properties, since the attributes mean something else. */
const PROPERTIES = new Set(['value', 'checked']);

/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * @template {string} Tag
 * @param {Tag} tag use `bdi` for texts that others wrote: it isolates their direction and shows hidden characters
 * @param {Properties | null} [properties] `on…` adds a listener; `class`, `aria-…` and the like are
 *   attributes; null, undefined and false are left out
 * @param {...Child} children
 * @returns {ElementOf<Tag>} the element
 */
export function h(tag, properties, ...children) {
  const element = /** @type {ElementOf<Tag>} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else if (PROPERTIES.has(name)) Object.assign(element, { [name]: value });
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...nodes(children).map((child) => (tag === 'bdi' && typeof child === 'string' ? shown(child) : child)));
  return element;
}

/** @param {Child} child @returns {(Node | string)[]} */
function nodes(child) {
  if (Array.isArray(child)) return child.flatMap((one) => nodes(one));
  if (!child && child !== 0) return [];
  return [child instanceof Node ? child : String(child)];
}

/**
 * Shows a text of the policy in the reader's language, or marked as English if it is not translated.
 * @param {Words} words
 * @param {string} text the English text in the policy
 * @param {keyof HTMLElementTagNameMap} [tag]
 * @param {Properties} [properties]
 * @returns {HTMLElement}
 */
export function policyText(words, text, tag = 'bdi', properties) {
  const translated = words.policyText(text);
  const marks = translated.lang === words.language ? { dir: 'auto' } : { lang: translated.lang, dir: 'ltr' };
  return h(tag, { ...properties, ...marks }, translated.text);
}

/**
 * Shows the title of a dossier. Dossiers that come with a policy are in its language; an official's own can be in any.
 * @param {Pick<Context, 'words' | 'session'>} context
 * @param {string} title
 */
export const dossierTitle = ({ words, session }, title) => (session.isShipped ? policyText(words, title) : h('bdi', null, title));

let last = 0;

/** Makes an id that is unique in the shadow trees of the page. @param {string} what */
export const id = (what) => `${what}-${++last}`;
