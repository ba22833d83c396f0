// The element's own words in the language of its page, and the policy's words where they are translated.

import { shown } from './shown.js';

const catalogues = {};

// Each language comes as a file of its own, so that a page waits only for those it is in.
const files = { en: () => import('./words/en.ftl'), fr: () => import('./words/fr.ftl'), ar: () => import('./words/ar.ftl') };

// Numbers and dates look the same wherever a language is read: a browser's region would otherwise choose the order of a
// date, the calendar or the digits, and policies write theirs in the digits 0 to 9.
const locales = { en: 'en-GB', fr: 'fr', ar: 'ar-u-ca-gregory-nu-latn' };

/** The languages that the element speaks. */
export const languages = Object.keys(files);

/** The language to speak to somebody who reads `tag` (BCP 47, as in `lang`): `ar-LY` is `ar`, what is not known `en`. */
export function spokenLanguage(tag) {
  const language = baseLanguage(tag);
  return languages.includes(language) ? language : 'en';
}

/** Which way a language that the element speaks is written. */
export function direction(tag) {
  return baseLanguage(tag) === 'ar' ? 'rtl' : 'ltr';
}

/** Makes the language ready that is spoken to somebody who reads `tag`. Where it cannot be had, English stands in for it. */
export async function learn(tag) {
  const language = spokenLanguage(tag);
  try {
    catalogues[language] ??= (await files[language]()).default;
  } catch {
    // Offline, say: a page in English is better than none.
    if (language !== 'en') await learn('en');
  }
}

// The languages of the page are ready before the element is defined. The rest follow while the page loads, so that a change
// of language sends no request later.
const { document: page } = globalThis;
if (page) await Promise.all([page.documentElement, ...page.querySelectorAll('[lang]')].map(({ lang }) => learn(lang)));
languages.forEach(learn);

/**
 * Words in one language.
 *
 * `outlineTranslations` are those of a policy's outline; without them the policy's own words stay English.
 */
export function createWords(tag, outlineTranslations = []) {
  const spoken = spokenLanguage(tag);
  const language = catalogues[spoken] ? spoken : 'en';
  const locale = locales[language];
  const plurals = new Intl.PluralRules(locale);
  const joined = new Intl.ListFormat(locale, { type: 'conjunction' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const translated = outlineTranslations.filter((one) => baseLanguage(one.language) === language);

  /** The message of that id; names in `args` stand where it says `{ $name }`. */
  function t(id, args = {}) {
    return say(catalogues[language]?.[id] ?? catalogues.en?.[id] ?? id, args);
  }

  function say(pattern, args) {
    if (typeof pattern === 'string') return pattern;
    return pattern
      .map((part) => {
        if (typeof part === 'string') return part;
        if (typeof part[0] === 'string') return show(args[part[0]], part[1], part[0]);
        return say(choose(part, args), args);
      })
      .join('');
  }

  function choose([[name], variants, fallback], args) {
    const value = args[name];
    const plural = typeof value === 'number' ? plurals.select(value) : '';
    // French counts none as one, but what is said of one says one.
    const fitting = [String(value), value === 0 && plural === 'one' ? fallback : plural, fallback];
    return variants[fitting.find((key) => Object.hasOwn(variants, key))];
  }

  function show(value, how, name) {
    if (how === 0) return date(value);
    if (typeof value === 'number') return number(value, how);
    if (Array.isArray(value)) return list(value);
    return value == null ? `{$${name}}` : isolate(String(value));
  }

  function list(items) {
    return joined.format(items.map(isolate));
  }

  function number(value, options) {
    return new Intl.NumberFormat(locale, options).format(value);
  }

  /** A day as `2016-02-15`, written out; anything else as it stands. */
  function date(iso) {
    const time = Date.parse(iso);
    if (Number.isNaN(time)) return String(iso);
    const written = day.format(time);
    return language === 'fr' ? written.replace(/^1 /, '1er ') : written;
  }

  /** @param {string} text @returns {string | undefined} */
  const translation = (text) => translated.find(({ texts }) => Object.hasOwn(texts, text))?.texts[text];

  /** A text of the policy, whole, and the language that it is in; a question may name in brackets whom it is about. */
  function policyText(text) {
    const [, question, whom] = /^(.*\?) \((.+)\)$/.exec(text) ?? [];
    text = shown(text);
    const own = translation(text) ?? (whom && translation(question) && `${translation(question)} (${translation(whom) ?? isolate(whom)})`);
    return own ? { text: own, lang: language } : { text, lang: 'en' };
  }

  return { language, dir: direction(language), t, list, number, date, policyText };
}

function baseLanguage(tag) {
  return String(tag ?? '').toLowerCase().split(/[-_]/)[0];
}

/** Keeps text of either direction from disturbing the sentence it stands in. */
function isolate(text) {
  return `\u2068${shown(text)}\u2069`;
}
