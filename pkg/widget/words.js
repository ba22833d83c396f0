// The element's own texts in the language of its page, and the policy's texts if they are translated.

import { shown } from './shown.js';

/** @import { Outline } from 'placet' */
/** @import { Choice, Messages, Pattern } from './types.js' */
/** @typedef {keyof typeof files} Language @typedef {ReturnType<typeof createWords>} Words */
/** @typedef {string | number | boolean | string[] | null | undefined} Argument @typedef {Record<string, Argument>} Arguments */

/** @type {Partial<Record<Language, Messages>>} */
const catalogues = {};

// Each language is a separate file, so that a page loads only the languages it uses.
const files = { en: () => import('./words/en.ftl'), fr: () => import('./words/fr.ftl'), ar: () => import('./words/ar.ftl') };

// Fixed locales: the browser's region would otherwise choose the order of a date, the calendar or the digits. Policies
// use the digits 0 to 9.
const locales = { en: 'en-GB', fr: 'fr', ar: 'ar-u-ca-gregory-nu-latn' };

/** The languages that the element supports. */
export const languages = /** @type {Language[]} */ (Object.keys(files));

/**
 * Returns the supported language for a BCP 47 tag such as in `lang`: `ar-LY` gives `ar`, an unsupported language `en`.
 * @param {string | null | undefined} tag
 */
export function supportedLanguage(tag) {
  const language = baseLanguage(tag);
  return languages.find((one) => one === language) ?? 'en';
}

/** Returns the writing direction of a supported language. @param {string} tag */
export function direction(tag) {
  return baseLanguage(tag) === 'ar' ? 'rtl' : 'ltr';
}

/**
 * Loads the texts for a language tag. If that fails, loads English instead.
 * @param {string | null | undefined} tag @returns {Promise<void>}
 */
export async function loadLanguage(tag) {
  const language = supportedLanguage(tag);
  try {
    catalogues[language] ??= (await files[language]()).default;
  } catch {
    // For example offline: a page in English is better than none.
    if (language !== 'en') await loadLanguage('en');
  }
}

// Load the languages of the page before the element is defined. The others are loaded afterwards, so that a later
// change of language needs no request.
const { document: page } = globalThis;
if (page) await Promise.all([page.documentElement, .../** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll('[lang]'))].map(({ lang }) => loadLanguage(lang)));
languages.forEach(loadLanguage);

/**
 * Returns the texts and formats of one language.
 *
 * @param {string | null | undefined} tag
 * @param {Pick<Outline['translations'][number], 'language' | 'texts'>[]} [outlineTranslations] those in a policy's
 *   outline; without them the policy's texts stay English
 */
export function createWords(tag, outlineTranslations = []) {
  const supported = supportedLanguage(tag);
  const language = catalogues[supported] ? supported : 'en';
  const locale = locales[language];
  const plurals = new Intl.PluralRules(locale);
  const joined = new Intl.ListFormat(locale, { type: 'conjunction' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const translated = outlineTranslations.filter((one) => baseLanguage(one.language) === language);

  /**
   * Returns the message with an id; each `{ $name }` is replaced by the value of `name` in `args`.
   * @param {string} id @param {Arguments} [args]
   */
  function t(id, args = {}) {
    return format(catalogues[language]?.[id] ?? catalogues.en?.[id] ?? id, args);
  }

  /** @param {Pattern} pattern @param {Arguments} args @returns {string} */
  function format(pattern, args) {
    if (typeof pattern === 'string') return pattern;
    return pattern
      .map((part) => {
        if (typeof part === 'string') return part;
        if (part.length === 3) return format(choose(part, args), args);
        return show(args[part[0]], part[1], part[0]);
      })
      .join('');
  }

  /** @param {Choice} choice @param {Arguments} args */
  function choose([[name], variants, fallback], args) {
    const value = args[name];
    const plural = typeof value === 'number' ? plurals.select(value) : '';
    // The French plural category of 0 is "one", but the messages for "one" are worded for exactly one.
    const fitting = [String(value), value === 0 && plural === 'one' ? fallback : plural, fallback];
    return variants[fitting.find((key) => Object.hasOwn(variants, key)) ?? fallback];
  }

  /** @param {Argument} value @param {0 | Intl.NumberFormatOptions | undefined} how @param {string} name */
  function show(value, how, name) {
    if (how === 0) return date(String(value));
    if (typeof value === 'number') return number(value, how);
    if (Array.isArray(value)) return list(value);
    return value == null ? `{$${name}}` : isolate(String(value));
  }

  /** @param {string[]} items */
  function list(items) {
    return joined.format(items.map(isolate));
  }

  /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
  function number(value, options) {
    return new Intl.NumberFormat(locale, options).format(value);
  }

  /** Formats a day given as `2016-02-15`; returns anything else unchanged. @param {string} iso */
  function date(iso) {
    const time = Date.parse(iso);
    if (Number.isNaN(time)) return iso;
    const written = day.format(time);
    return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
  }

  /** @param {string} text @returns {string | undefined} */
  const translation = (text) => translated.find(({ texts }) => Object.hasOwn(texts, text))?.texts[text];

  /**
   * Returns a text of the policy and its language. A question can end with the entity in brackets, which is translated
   * separately.
   * @param {string} text
   */
  function policyText(text) {
    const [, question, target] = /^(.*\?) \((.+)\)$/.exec(text) ?? [];
    text = shown(text);
    const own = translation(text) ?? (target && translation(question) && `${translation(question)} (${translation(target) ?? isolate(target)})`);
    return own ? { text: own, lang: language } : { text, lang: 'en' };
  }

  return { language, dir: direction(language), t, list, number, date, policyText };
}

/** @param {string | null | undefined} tag */
function baseLanguage(tag) {
  return String(tag ?? '').toLowerCase().split(/[-_]/)[0];
}

/** Isolates a text, so that its direction does not affect the surrounding sentence. @param {string} text */
function isolate(text) {
  return `\u2068${shown(text)}\u2069`;
}
