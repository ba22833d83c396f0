// Compiles the element's messages from Fluent files to a compact form that widget/words.js interprets.
//
// A pattern becomes a string, or an array of parts:
// - a string is used as it is;
// - `["name"]` inserts an argument, `["name", {…}]` a number with these options, `["name", 0]` a date;
// - `[["name"], {one: …, other: …}, "other"]` selects a variant by an argument.
// Terms and references are resolved here, so that nothing has to be looked up at run time.

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parse } from '@fluent/syntax';

/**
 * Returns the JS module of a Fluent file: its messages by id. Throws an error with the line number if it cannot be
 * parsed.
 */
export function compileWords(ftlText) {
  return `export default ${JSON.stringify(readWords(ftlText), withoutFallback)};\n`;
}

/** Drops the variants of a select expression that equal its default variant. */
function withoutFallback(_, part) {
  const isChoice = Array.isArray(part?.[0]) && part[1]?.constructor === Object;
  if (!isChoice) return part;
  const [by, variants, fallback] = part;
  const fallbackText = JSON.stringify(variants[fallback]);
  return [by, Object.fromEntries(Object.entries(variants).filter(([key, one]) => key === fallback || JSON.stringify(one) !== fallbackText)), fallback];
}

/** Returns the messages of a Fluent file by id; an attribute is a message named `id.attribute`. */
export function readWords(ftlText) {
  const resource = parse(ftlText, {});
  const named = new Map();
  for (const entry of resource.body) {
    if (entry.type === 'Junk') throw mistake(ftlText, entry, entry.annotations[0]?.message ?? 'not valid Fluent');
    if (entry.type !== 'Message' && entry.type !== 'Term') continue;
    const name = (entry.type === 'Term' ? '-' : '') + entry.id.name;
    for (const [key, value] of [[name, entry.value], ...entry.attributes.map((a) => [`${name}.${a.id.name}`, a.value])]) {
      if (!value) continue;
      if (named.has(key)) throw mistake(ftlText, entry, `${key} is defined twice`);
      named.set(key, value);
    }
  }
  const messages = {};
  for (const [key, value] of named) {
    if (!key.startsWith('-')) messages[key] = compilePattern(value, { named, ftlText, within: [key] });
  }
  return messages;
}

function compilePattern(pattern, scope) {
  const parts = [];
  for (const element of pattern.elements) {
    const compiled = element.type === 'TextElement' ? element.value : compileExpression(element.expression, scope);
    // A reference can give several parts; add them to this pattern.
    for (const part of typeof compiled === 'string' ? [compiled] : compiled) {
      if (typeof part === 'string' && typeof parts.at(-1) === 'string') parts.push(parts.pop() + part);
      else parts.push(part);
    }
  }
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : parts;
}

/** Returns the value of an expression: a text, or an array of parts. */
function compileExpression(expression, scope) {
  switch (expression.type) {
    case 'StringLiteral':
      return expression.parse().value;
    case 'NumberLiteral':
      return expression.value;
    case 'Placeable':
      return compileExpression(expression.expression, scope);
    case 'VariableReference':
      return [[expression.id.name]];
    case 'FunctionReference':
      return [compileCall(expression, scope)];
    case 'MessageReference':
    case 'TermReference':
      return compileReference(expression, scope);
    case 'SelectExpression': {
      const { selector, variants } = expression;
      const by = selector.type === 'VariableReference' ? [selector.id.name] : compileCall(selector, scope);
      const choices = {};
      for (const variant of variants) {
        choices[variant.key.name ?? variant.key.value] = compilePattern(variant.value, scope);
      }
      const fallback = variants.find((variant) => variant.default).key;
      return [[by, choices, fallback.name ?? fallback.value]];
    }
    default:
      throw mistake(scope.ftlText, expression, `${expression.type} is not supported`);
  }
}

function compileCall(call, { ftlText }) {
  const [argument] = call.arguments?.positional ?? [];
  if (argument?.type !== 'VariableReference') throw mistake(ftlText, call, 'a function takes one variable');
  const options = call.arguments.named.map(({ name, value }) => [name.name, value.parse().value]);
  if (call.id.name === 'NUMBER') return [argument.id.name, Object.fromEntries(options)];
  if (call.id.name === 'DATETIME' && options.length === 0) return [argument.id.name, 0];
  throw mistake(ftlText, call, `${call.id.name} is not supported with these options; NUMBER, and DATETIME without options, are`);
}

function compileReference(reference, scope) {
  const key = (reference.type === 'TermReference' ? '-' : '') + reference.id.name
    + (reference.attribute ? `.${reference.attribute.name}` : '');
  const value = scope.named.get(key);
  if (!value) throw mistake(scope.ftlText, reference, `unknown message or term ${key}`);
  if (scope.within.includes(key)) throw mistake(scope.ftlText, reference, `${key} refers to itself`);
  if (reference.arguments?.named.length) throw mistake(scope.ftlText, reference, 'a term takes no arguments here');
  return compilePattern(value, { ...scope, within: [...scope.within, key] });
}

function mistake(text, at, message) {
  const line = text.slice(0, at.span.start).split('\n').length;
  return new Error(`line ${line}: ${message}`);
}

/**
 * Lets esbuild import `*.ftl`. If the bundle is written to a file, a dynamic import (`import('….ftl')`) is written
 * to the same folder as `words-….js`; otherwise the bundle contains it.
 */
export const wordsPlugin = {
  name: 'words',
  setup({ initialOptions: { outfile, write }, onResolve, onLoad }) {
    if (outfile && write !== false) {
      onResolve({ filter: /\.ftl$/ }, async ({ path, resolveDir, kind }) => {
        if (kind !== 'dynamic-import') return undefined;
        const fileName = `words-${basename(path, '.ftl')}.js`;
        await mkdir(dirname(outfile), { recursive: true });
        await writeFile(join(dirname(outfile), fileName), compileWords(await readFile(join(resolveDir, path), 'utf8')));
        return { path: `./${fileName}`, external: true };
      });
    }
    onLoad({ filter: /\.ftl$/ }, async ({ path }) => {
      try {
        return { contents: compileWords(await readFile(path, 'utf8')), loader: 'js' };
      } catch (error) {
        return { errors: [{ text: error.message, location: { file: path } }] };
      }
    });
  },
};

/**
 * Lets Node import `*.ftl`: `import { register } from 'node:module'; register('../build/words.mjs', import.meta.url)`.
 */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ftl')) return nextLoad(url, context);
  return { format: 'module', source: compileWords(await readFile(new URL(url), 'utf8')), shortCircuit: true };
}
