/**
 * The whole engine: everything of `placet`, and the language: texts of policies and dossiers, drawings, checks, and
 * comparisons.
 */

import * as glue from '../glue/placet-author.js';
import { Case, Policy } from './case.js';
import { PlacetError } from './error.js';
import { fileOf, folderOf, isSame, isWritten, named } from './files.js';
import { Host } from './host.js';

export { PlacetError, fileOf };

/** @import { Ask, InputFile } from 'placet' */
/** @import { Diff, Fetched, Findings, PolicyFiles } from 'placet/author' */

const host = new Host(glue, new URL('placet-author.wasm', import.meta.url));
const { call, withFiles } = host;

/** Starts the engine. Without an argument, loads the wasm file beside this module. */
export default host.init;

/** Starts the engine synchronously from bytes or a compiled module. */
export const initSync = host.initSync;

/** Returns the version of the engine. */
export const version = () => call(() => glue.version());

/**
 * Returns the paths in the `use` lines of a file, relative to the same root.
 * @param {InputFile} file @returns {string[]}
 */
export const uses = ({ name, text }) => call(() => JSON.parse(glue.uses(named(name), text)));

/** The largest number of files that `load` fetches, and their largest total size in bytes. */
const MOST_FILES = 200;
const LONGEST = 64 * 1024 * 1024;

/**
 * Fetches a file and everything it uses; the file itself comes first. Only `.placet` files below the root can be used:
 * no path passed to `fetchFile` leads out of the root, even if it is decoded.
 * @param {string} entry @param {(path: string) => Fetched|Promise<Fetched>} fetchFile its bytes, or its text
 * @returns {Promise<InputFile[]>}
 */
export async function load(entry, fetchFile) {
  /** @type {InputFile[]} */
  const files = [];
  const wanted = [named(entry)];
  let length = 0;
  for (let name; (name = wanted[files.length]) !== undefined; ) {
    const fetched = await fetchFile(name);
    const file = typeof fetched === 'string' ? { name, text: fetched } : fileOf(name, fetched);
    length += (file.bytes ?? file.text).length;
    if (length > LONGEST) throw new PlacetError('request', `${entry} and the files that it uses are larger than 64 MiB`);
    files.push(file);
    for (const path of isWritten(file) ? uses(file) : []) {
      if (wanted.includes(path)) continue;
      if (!/^[^\\%?#:]+\.placet$/i.test(named(path))) throw new PlacetError('request', `${name} uses ${JSON.stringify(path)}: only .placet files can be used, and a path cannot contain \\ % ? # :`);
      if (wanted.length === MOST_FILES) throw new PlacetError('request', `${entry} uses more than ${MOST_FILES} files`);
      wanted.push(path);
    }
  }
  return files;
}

/** Formats a file. @param {InputFile} file @returns {string} */
export const format = ({ name, text }) => call(() => glue.format(named(name), text));

/** Checks files; returns `placet-findings/1`. @param {InputFile[]} files @returns {Findings} */
export const check = (files, { study = true } = {}) => withFiles(files, (given) => JSON.parse(glue.check(given, study)));

/**
 * Compares two versions of a policy; returns `placet-diff/1`.
 * @param {PolicyFiles} older @param {PolicyFiles} newer @param {{days?: string[]}} [options] @returns {Diff}
 */
export const diff = (older, newer, options) => JSON.parse(diffText(older, newer, 'json', options));

/**
 * Compares two versions of a policy; returns a text.
 * @param {PolicyFiles} older @param {PolicyFiles} newer @param {'json' | 'markdown'} [form] @param {{days?: string[]}} [options]
 */
export const diffText = (older, newer, form = 'json', { days = [] } = {}) =>
  withFiles(older.files, (old) => withFiles(newer.files, (now) => glue.diff(old, older.policy, now, newer.policy, days, form)));

/** Returns a policy in compiled form. @param {PolicyFiles} source @returns {Uint8Array} */
export const compile = (source) => openPolicy(source).compiled();

/** Opens a policy from its texts, or from its compiled form. @param {PolicyFiles|Uint8Array|ArrayBuffer} source */
export function openPolicy(source) {
  if (ArrayBuffer.isView(source) || source instanceof ArrayBuffer) {
    const bytes = new Uint8Array(source);
    return new AuthorPolicy([], '', () => glue.Case.open_compiled(bytes));
  }
  const { files, policy } = source ?? {};
  if (!Array.isArray(files) || typeof policy !== 'string') throw new TypeError('expected a policy as { files: [{ name, text }], policy: name }, or the bytes of a compiled one');
  return new AuthorPolicy(files, policy, () => withFiles(files, (given) => glue.open(given, policy, [])));
}

/** @extends {Policy<AuthorCase>} */
class AuthorPolicy extends Policy {
  #files;
  #policy;

  /** @param {InputFile[]} files @param {string} policy @param {() => glue.Case} open */
  constructor(files, policy, open) {
    super(host, AuthorCase, open);
    this.#files = files;
    this.#policy = policy;
  }

  /**
   * Gives files from elsewhere paths from which their `use` lines lead to the files of the policy or to those in
   * `beside`.
   * @param {InputFile[]} files @param {InputFile[]} [beside] @returns {InputFile[]}
   */
  place(files, beside = []) {
    return placeAll(files, [...this.#files, ...beside]);
  }

  /** @param {InputFile[]} files */
  opening(files) {
    const placed = this.place(files);
    const known = new Map([...this.#files, ...placed].map((file) => [file.name, file]));
    const anew = this.#files.some((own) => placed.some((file) => file.name === own.name && !isSame(own, file)));
    // A file that is only used by another is not opened as a dossier.
    const used = new Set(placed.filter(isWritten).flatMap(uses));
    const dossiers = placed.filter(({ name }) => !used.has(name)).map(({ name }) => name);
    return () =>
      withFiles([...known.values()], (given) =>
        anew ? glue.open(given, this.#policy, dossiers) : this.handle.ask((policy) => glue.with_dossiers(policy, given, dossiers)),
      );
  }

  /** Returns the policy in compiled form. @returns {Uint8Array} */
  compiled() {
    return this.handle.ask((policy) => glue.compiled(policy));
  }

  /** Draws the policy as SVG. @returns {string} */
  graph() {
    return this.handle.ask((policy) => glue.draw(policy));
  }
}

class AuthorCase extends Case {
  /** @override @param {Ask} [ask] @param {'placet' | 'json'} [form] */
  dossier(ask = {}, form = 'placet') {
    return form === 'placet' ? this.ask(ask, (handle, request) => glue.written(handle, request)) : super.dossier(ask, form);
  }

  /** Draws the decision as SVG. @param {Ask} [ask] */
  graph(ask = {}) {
    return this.ask(ask, (handle, request) => glue.draw_decision(handle, request));
  }
}

/**
 * Gives files without a path, for example from a disk, a path from which their `use` lines lead to known files: the
 * folder of the policy or of another file, or its subfolder `dossiers`.
 * @param {InputFile[]} files @param {InputFile[]} known
 */
function placeAll(files, known) {
  const names = new Set([...known, ...files].map(({ name }) => name));
  const folders = [...new Set(known.flatMap(({ name }) => [folderOf(name), `${folderOf(name)}dossiers/`]))];
  return files.map((file) => {
    if (!isWritten(file) || file.name.includes('/')) return file;
    const missing = (/** @type {string} */ folder) => uses({ ...file, name: folder + file.name }).filter((path) => !names.has(path)).length;
    const whole = (/** @type {string} */ folder) => !/^\s*use\s+"(\.\.\/)/m.test(file.text) || folder.split('/').length > 1;
    const best = folders.filter(whole).sort((one, other) => missing(one) - missing(other))[0] ?? '';
    return best ? { ...file, name: best + file.name } : file;
  });
}
