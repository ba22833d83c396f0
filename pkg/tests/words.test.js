// Every language has the same messages, and every message that the element uses exists.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { register } from 'node:module';
import { test } from 'node:test';
import { compileWords, readWords } from '../build/words.mjs';

register('../build/words.mjs', import.meta.url);
const { createWords, direction, languages, loadLanguage, supportedLanguage } = await import('../widget/words.js');
await Promise.all(languages.map(loadLanguage));

const widget = new URL('../widget/', import.meta.url);
const catalogues = Object.fromEntries(
  languages.map((language) => [language, readWords(readFileSync(new URL(`words/${language}.ftl`, widget), 'utf8'))]),
);
const ids = Object.keys(catalogues.en);

/** Yields all parts of a pattern that insert or select by an argument, including those within variants. */
function* partsOf(pattern) {
  if (typeof pattern === 'string') return;
  for (const part of pattern) {
    if (typeof part === 'string') continue;
    yield part;
    if (Array.isArray(part[0])) for (const variant of Object.values(part[1])) yield* partsOf(variant);
  }
}

function variablesOf(pattern) {
  return [...new Set([...partsOf(pattern)].map((part) => (Array.isArray(part[0]) ? part[0][0] : part[0])))].sort();
}

/** Returns the plural categories of whole numbers in a language. */
function pluralsOf(language) {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 1001 }, (_, n) => rules.select(n)))].sort();
}

const anyPlural = ['zero', 'one', 'two', 'few', 'many'];
const selectsByNumber = (part) => Array.isArray(part[0]) && Object.keys(part[1]).some((key) => anyPlural.includes(key));

for (const language of languages) {
  test(`${language} has all messages and no others`, () => {
    const own = Object.keys(catalogues[language]);
    assert.deepEqual(ids.filter((id) => !own.includes(id)), [], 'messages missing');
    assert.deepEqual(own.filter((id) => !ids.includes(id)), [], 'messages that English does not have');
  });

  test(`${language} uses the same arguments in its messages as English`, () => {
    for (const id of ids.filter((id) => id in catalogues[language])) {
      assert.deepEqual(variablesOf(catalogues[language][id]), variablesOf(catalogues.en[id]), id);
    }
  });

  test(`${language} has all plural forms`, () => {
    for (const [id, pattern] of Object.entries(catalogues[language])) {
      for (const part of partsOf(pattern)) {
        if (!selectsByNumber(part)) continue;
        assert.deepEqual(pluralsOf(language).filter((plural) => !(plural in part[1])), [], `${id}: plurals missing`);
      }
      const chosenInEnglish = [...partsOf(catalogues.en[id] ?? '')].filter(selectsByNumber).map((part) => part[0][0]);
      const chosen = [...partsOf(pattern)].filter(selectsByNumber).map((part) => part[0][0]);
      assert.deepEqual(chosenInEnglish.filter((name) => !chosen.includes(name)), [], `${id}: said without a plural`);
    }
  });
}

/** Returns the message for a number, with all other arguments set to 5. */
const messageFor = (words, id, name, number) => words.t(id, Object.fromEntries(variablesOf(catalogues.en[id]).map((one) => [one, one === name ? number : 5])));

for (const language of languages) {
  test(`${language} has different messages for none and one`, () => {
    const words = createWords(language);
    for (const [id, pattern] of Object.entries(catalogues[language])) {
      for (const [[name]] of [...partsOf(pattern)].filter(selectsByNumber)) {
        assert.notEqual(messageFor(words, id, name, 0), messageFor(words, id, name, 1), id);
      }
    }
    // If an open fact could not be named, the message must not give the number 0.
    for (const id of ['result-hinges', 'result-missing-count']) assert.doesNotMatch(words.t(id, { count: 0 }), /0/);
  });
}

const sources = readdirSync(widget, { recursive: true })
  .filter((name) => name.endsWith('.js') && name !== 'words.js')
  .map((name) => [name, readFileSync(new URL(name, widget), 'utf8')]);

/**
 * Returns the string literals in JavaScript code: quoted ones as `exact`, templates by how their values begin and end.
 */
function textsIn(code) {
  const texts = [];
  for (let at = 0; at < code.length; at += 1) {
    const quoted = /^(?:'([^'\\\n]*)'|"([^"\\\n]*)")/.exec(code.slice(at, at + 300));
    if (quoted) {
      texts.push({ exact: quoted[1] ?? quoted[2] });
      at += quoted[0].length - 1;
    } else if (code[at] === '`') {
      const template = templateAt(code, at + 1);
      texts.push(template.text, ...template.within.flatMap(textsIn));
      at = template.end;
    }
  }
  return texts;
}

/** Parses a template: its own text, the code within its braces, and where it ends. */
function templateAt(code, start) {
  const own = [''];
  const within = [];
  let at = start;
  for (let depth = 0; at < code.length && !(depth === 0 && code[at] === '`'); at += 1) {
    if (depth === 0 && code.startsWith('${', at)) {
      own.push('');
      within.push('');
      depth = 1;
      at += 1;
      continue;
    }
    if (depth > 0) {
      depth += { '{': 1, '}': -1 }[code[at]] ?? 0;
      within.push(within.pop() + code[at]);
    } else own.push(own.pop() + code[at]);
  }
  return { text: within.length === 0 ? { exact: own[0] } : { begins: own[0], ends: own.at(-1) }, within, end: at };
}

/** The position of the message id among the arguments of each function that shows a message. */
const idPositions = { t: 0, phrase: 1, part: 1 };

/** Yields the argument that names the message in every call that shows one. */
function* messageArguments(code) {
  for (const { index, 0: call, 1: name } of code.matchAll(/(?<!function )\b(t|phrase|part)\(/g)) {
    const given = [''];
    for (let at = index + call.length, depth = 1; at < code.length; at += 1) {
      if ('([{'.includes(code[at])) depth += 1;
      else if (')]}'.includes(code[at])) depth -= 1;
      if (depth === 0) break;
      if (code[at] === ',' && depth === 1) given.push('');
      else given.push(given.pop() + code[at]);
    }
    if (given[idPositions[name]]) yield given[idPositions[name]];
  }
}

const written = new Set(sources.flatMap(([, code]) => textsIn(code)).map((text) => text.exact));

/** Whether a text names a message. In `result-${…}`, the variable part is one word, or is written elsewhere. */
function names(text, id) {
  if (text.exact !== undefined) return id === text.exact;
  if (!id.startsWith(text.begins) || !id.endsWith(text.ends)) return false;
  const varies = id.slice(text.begins.length, id.length - text.ends.length);
  return /-.*-/.test(text.begins) || !varies.includes('-') || written.has(varies);
}

test('every message that the element uses exists', () => {
  for (const [file, code] of sources) {
    for (const argument of messageArguments(code)) {
      // A text that does not begin like an id is compared with something or is part of a template; it is not a message.
      for (const text of textsIn(argument).filter((text) => /^[a-z]+-/.test(text.exact ?? text.begins))) {
        assert.ok(ids.some((id) => names(text, id)), `${file}: no catalogue has ${text.exact ?? `${text.begins}…${text.ends}`}`);
      }
    }
  }
});

test('every message is used', () => {
  const texts = sources.flatMap(([, code]) => textsIn(code)).filter((text) => (text.exact ?? text.begins).includes('-'));
  assert.deepEqual(ids.filter((id) => !texts.some((text) => names(text, id))), []);
});

test('a language is supported in all its regions, and English is the default', () => {
  assert.equal(supportedLanguage('ar-LY'), 'ar');
  assert.equal(supportedLanguage('FR_ca'), 'fr');
  for (const tag of ['de', '', null, undefined]) assert.equal(supportedLanguage(tag), 'en');
  assert.equal(createWords('ar-LY').dir, 'rtl');
  assert.equal(direction('en'), 'ltr');
});

test('numbers, dates and lists are formatted for the language', () => {
  const [en, fr, ar] = ['en', 'fr', 'ar-LY'].map((tag) => createWords(tag));
  assert.deepEqual([en, fr, ar].map((words) => words.date('2016-02-01')), ['1 February 2016', '1er février 2016', '1 فبراير 2016']);
  assert.deepEqual([en, fr, ar].map((words) => words.number(1200)), ['1,200', '1\u202F200', '1,200']);
  assert.equal(en.list(['a', 'b', 'c']), '\u2068a\u2069, \u2068b\u2069 and \u2068c\u2069');
  assert.equal(ar.list(['أ', 'ب']), '\u2068أ\u2069 و\u2068ب\u2069');
  assert.equal(en.date('in spring'), 'in spring');
});

test('the number of shown rules selects the plural', () => {
  const [one, two] = [1, 2].map((shown) => createWords('fr').t('result-tree-shown', { shown, all: 3 }));
  assert.equal(one, '1 règle affichée sur 3');
  assert.equal(two, '2 règles affichées sur 3');
});

test('texts of the policy are translated, or marked as English', () => {
  const translations = [{ language: 'fr-FR', texts: { person: 'personne' } }];
  assert.deepEqual(createWords('fr', translations).policyText('person'), { text: 'personne', lang: 'fr' });
  assert.deepEqual(createWords('fr', translations).policyText('group'), { text: 'group', lang: 'en' });
  assert.deepEqual(createWords('ar', translations).policyText('person'), { text: 'person', lang: 'en' });
});

test('a question with an entity in brackets is translated', () => {
  const texts = { 'Is it so?': 'Est-ce le cas ?', "the group's commander": 'le commandant du groupe' };
  const { policyText } = createWords('fr', [{ language: 'fr', texts }]);
  assert.deepEqual(policyText("Is it so? (the group's commander)"), { text: 'Est-ce le cas ? (le commandant du groupe)', lang: 'fr' });
  assert.deepEqual(policyText('Is it so? (Sirte)'), { text: 'Est-ce le cas ? (\u2068Sirte\u2069)', lang: 'fr' });
  assert.deepEqual(policyText("Is it not? (the group's commander)"), { text: "Is it not? (the group's commander)", lang: 'en' });
});

test('a missing message is shown by its id', () => {
  assert.equal(createWords('fr').t('no-such-message'), 'no-such-message');
});

test('Fluent is compiled to compact data', () => {
  const compiled = readWords(
    '-verdict = eligible\nplain = It is { -verdict }.\nnamed = { $who } of { NUMBER($n, maximumFractionDigits: 0) }, { DATETIME($day) }\n' +
      'many = { $n ->\n    [one] one\n   *[other] { $n } all\n}\n',
  );
  assert.deepEqual(compiled, {
    plain: 'It is eligible.',
    named: [['who'], ' of ', ['n', { maximumFractionDigits: 0 }], ', ', ['day', 0]],
    many: [[['n'], { one: 'one', other: [['n'], ' all'] }, 'other']],
  });
  assert.match(compileWords('a-b = C'), /^export default \{"a-b":"C"\};/);
});

test('an error in a Fluent file is reported with its line', () => {
  for (const [text, expected] of [
    ['a = b\n= c', /line 2/],
    ['a = { b }', /line 1: unknown message or term b/],
    ['a = { b }\nb = { a }', /refers to itself/],
    ['a = b\na = c', /line 2: a is defined twice/],
    ['a = { UPPER($x) }', /UPPER is not supported/],
  ]) {
    assert.throws(() => readWords(text), expected);
  }
});
