/**
 * The engine: policies, cases, decisions. All functions are synchronous once `init` has been awaited. Errors of the
 * engine are thrown as a `PlacetError`; arguments of the wrong shape as a `TypeError`. If the engine crashes, only that
 * call fails: the next call uses a new instance, in which policies and cases reopen themselves.
 */

import start, * as glue from '../glue/placet.js';

/** An error of the engine. */
export class PlacetError extends Error {
  name = 'PlacetError';

  /**
   * @param {'mistakes'|'request'|'crashed'|'not-started'|'blocked'} code
   * @param {string} message
   * @param {object[]} findings the errors in files, as in `placet-findings/1`
   */
  constructor(code, message, findings = [], options = undefined) {
    super(message, options);
    this.code = code;
    this.findings = findings;
  }
}

/** The number of the current instance of the engine. Handles of earlier instances are invalid. */
let instance = 0;
let starting;

/**
 * Starts the engine. Calling it again has no effect. Without an argument, loads the wasm file beside this module.
 * @param {string|URL|Request|Response|Promise<Response>|BufferSource|WebAssembly.Module} [input]
 */
export default function init(input) {
  starting ??= compile(input)
    .then((module) => start({ module_or_path: module }))
    .then(() => void (instance ||= 1))
    .catch((error) => {
      starting = undefined;
      throw blocked(error);
    });
  return starting;
}

/** Starts the engine synchronously from bytes or a compiled module. @param {BufferSource|WebAssembly.Module} input */
export function initSync(input) {
  if (instance) return;
  try {
    glue.initSync({ module: input });
  } catch (error) {
    throw blocked(error);
  }
  instance = 1;
  starting = Promise.resolve();
}

/** @returns {Promise<WebAssembly.Module>} */
async function compile(input = new URL('placet_bg.wasm', import.meta.url)) {
  if (typeof WebAssembly === 'undefined') throw new PlacetError('blocked', 'this browser does not run WebAssembly, or it is switched off');
  if (input instanceof WebAssembly.Module) return input;
  if (input instanceof URL && input.protocol === 'file:') {
    const files = globalThis.process?.getBuiltinModule?.('node:fs');
    if (files) input = files.readFileSync(input);
  }
  if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return WebAssembly.compile(input);
  const response = await (typeof input === 'string' || input instanceof URL || input instanceof Request ? fetch(input) : input);
  if (!response.ok) throw new PlacetError('request', `${response.url}: ${response.status} ${response.statusText}`);
  // The server sent another content type, which streaming compilation rejects: compile from the bytes.
  const streams = response.headers.get('Content-Type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

function blocked(error) {
  if (error instanceof PlacetError) return error;
  const forbidden = error instanceof WebAssembly.CompileError && /Content.Security.Policy|unsafe-eval|disallowed by embedder/i.test(error.message);
  return forbidden
    ? new PlacetError('blocked', "the page's content security policy does not allow WebAssembly: script-src needs 'wasm-unsafe-eval'", [], { cause: error })
    : new PlacetError('request', `the engine cannot be started: ${error.message}`, [], { cause: error });
}

/** Calls the engine. An error that it throws as a string is a failed request; any other error is a crash. */
function call(work) {
  if (!instance) throw new PlacetError('not-started', 'the engine is not started: await init() first');
  try {
    return work();
  } catch (error) {
    if (typeof error === 'string') {
      const { code, message, told: found } = JSON.parse(error);
      throw new PlacetError(code, message, found?.findings);
    }
    if (error instanceof PlacetError || error instanceof TypeError) throw error;
    glue.__wbg_reset_state();
    instance += 1;
    throw new PlacetError('crashed', 'the engine crashed and was restarted', [], { cause: error });
  }
}

/** Checks that a file name is valid, and returns it. @param {string} name */
function named(name) {
  const path = String(name);
  if (!/^\/|^[a-z]:|\\|[\0-\x1f\x7f]/i.test(path) && !path.split('/').includes('..')) return path;
  throw new PlacetError('request', `invalid file name ${JSON.stringify(path)}: names are relative to one root, with / between their parts`);
}

/**
 * The bytes of a file. Throws if its text has a lone surrogate, which encoding would silently replace.
 * @param {InputFile} file
 */
function bytesOf({ name, text, bytes }) {
  if (bytes) return bytes;
  if (/\p{Surrogate}/u.test(text)) throw new PlacetError('request', `the text of ${name} is not valid Unicode: it has a lone surrogate`);
  return encoder.encode(String(text));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Makes a file from its bytes. The engine reads and hashes these bytes and not the decoded text.
 * @param {string} name @param {Uint8Array|ArrayBuffer} bytes @returns {InputFile}
 */
export function fileOf(name, bytes) {
  const own = new Uint8Array(bytes);
  return { name, text: decoder.decode(own), bytes: own };
}

/** @param {InputFile[]} files @param {(given: glue.Files) => T} work @template T */
function withFiles(files, work) {
  return call(() => {
    const given = new glue.Files();
    for (const file of files) given.add(named(file.name), bytesOf(file));
    const result = work(given);
    given.free();
    return result;
  });
}

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

/** Checks files; returns `placet-findings/1`. @param {InputFile[]} files */
export const check = (files, { study = true } = {}) => withFiles(files, (given) => JSON.parse(glue.check(given, study)));

/** Compares two versions of a policy; returns `placet-diff/1`. */
export const diff = (older, newer, options) => JSON.parse(diffText(older, newer, 'json', options));

/** Compares two versions of a policy; returns a text, as `json` or `markdown`. */
export const diffText = (older, newer, form = 'json', { days = [] } = {}) =>
  withFiles(older.files, (old) => withFiles(newer.files, (now) => glue.diff(old, older.policy, now, newer.policy, days, form)));

/** @param {{files: InputFile[], policy: string}} source */
export const openPolicy = (source) => new Policy(source);

export class Policy {
  #files;
  #policy;
  #handle;
  #outline;

  constructor({ files, policy } = {}) {
    if (!Array.isArray(files) || typeof policy !== 'string') throw new TypeError('expected a policy as { files: [{ name, text }], policy: name }');
    this.#files = files;
    this.#policy = policy;
    this.#handle = new Handle(() => withFiles(files, (given) => glue.Case.open(given, policy, [])));
    // Throw errors in the files now rather than on first use.
    this.#handle.ask(() => {});
  }

  /** The outline of the policy: `placet-policy/1`. */
  get outline() {
    return (this.#outline ??= this.#handle.ask((policy) => JSON.parse(policy.outline())));
  }

  /**
   * Gives files from elsewhere paths from which their `use` lines lead to the files of the policy or to those in
   * `beside`.
   * @param {InputFile[]} files @param {InputFile[]} [beside] @returns {InputFile[]}
   */
  place(files, beside = []) {
    return placeAll(files, [...this.#files, ...beside]);
  }

  /** Opens dossiers in any of the formats, with the files that they use. @param {InputFile[]} files */
  open(files) {
    return new Case(this.#opening(files));
  }

  /** Opens a new subject about whom nothing is known, optionally with dossiers on circumstances. */
  begin({ id, title, kind, asOf }, circumstances = []) {
    const open = this.#opening(circumstances);
    return new Case(() => {
      const handle = open();
      call(() => handle.add_subject(id, title, kind, asOf));
      return handle;
    });
  }

  /** Returns a function that opens dossiers; a new instance of the engine calls it again. @param {InputFile[]} files */
  #opening(files) {
    const placed = this.place(files);
    const own = new Map(this.#files.map((file) => [file.name, file]));
    const known = new Map([...this.#files, ...placed].map((file) => [file.name, file]));
    const anew = placed.some((file) => own.has(file.name) && !isSame(own.get(file.name), file));
    // A file that is only used by another is not opened as a dossier.
    const used = new Set(placed.filter(isWritten).flatMap(uses));
    const dossiers = placed.filter(({ name }) => !used.has(name)).map(({ name }) => name);
    return () =>
      withFiles([...known.values()], (given) =>
        anew ? glue.Case.open(given, this.#policy, dossiers) : this.#handle.ask((policy) => policy.with_dossiers(given, dossiers)),
      );
  }

  /** Draws the policy as SVG. @returns {string} */
  graph() {
    return this.#handle.ask((policy) => policy.graph(undefined));
  }
}

/** A policy with dossiers. */
export class Case {
  #handle;

  /** @param {() => glue.Case} open */
  constructor(open) {
    this.#handle = new Handle(open);
    /** The subjects of the case. @type {{id: string, title: string, kind: string, as_of: string|null}[]} */
    this.subjects = this.#handle.ask((handle) => JSON.parse(handle.subjects()));
  }

  /** Returns what to ask next: `placet-interview/1`. */
  interview = (ask = {}) => JSON.parse(this.#ask(ask, (handle, request) => handle.interview(request)));

  /** Returns questions about settled facts: those that the decision depends on, and those that could turn it. */
  settled = (ask = {}) => JSON.parse(this.#ask(ask, (handle, request) => handle.settled(request)));

  /** Returns the effect of each open fact on the verdicts. */
  outlook = (ask = {}) =>
    JSON.parse(this.#ask(ask, (handle, request) => handle.outlook(request))).map((one) => ({ ...one, fact: one.text, changes_nothing: !one.values.length }));

  /** Returns the decision: `placet-decision/1`. Throws if the subjects have different days. */
  decide(ask = {}) {
    const decided = JSON.parse(this.decideText(ask, 'json'));
    if (!Array.isArray(decided)) return decided;
    throw new PlacetError('request', 'the dossiers have different dates: give asOf, or decide on one at a time');
  }

  /**
   * Returns the decision as the bytes that the command line writes: `json`, `markdown` or `csv`. It contains hashes
   * unless `manifest` is false.
   */
  decideText(ask = {}, form = 'json') {
    return this.#ask(ask, (handle, request) => handle.decide(request, ask.subjects ?? [], form, ask.manifest ?? true));
  }

  /** Returns the subject's dossier with the answers, as `placet` or `json`. @returns {string} */
  dossier(ask = {}, form = 'placet') {
    return this.#ask(ask, (handle, request) => handle.dossier(request, form));
  }

  /** Draws the decision as SVG. @returns {string} */
  graph(ask = {}) {
    // `graph` takes ownership of the request, so it is not freed here.
    return this.#handle.ask((handle) => handle.graph(requestOf(ask)));
  }

  #ask(ask, work) {
    return this.#handle.ask((handle) => {
      const request = requestOf(ask);
      const result = work(handle, request);
      request.free();
      return result;
    });
  }
}

function requestOf({ subject, asOf, assistance, answers = [] }) {
  return new glue.Ask(subject ?? undefined, asOf || undefined, assistance?.length ? assistance : undefined, JSON.stringify(answers.map(keyed)));
}

/** Picks the properties of an answer, so that callers can spread a question into it. */
const keyed = ({ about, fact, standard = null, statements }) => ({ about, fact, standard, statements });

/** A handle to an object in the engine's memory. It reopens the object in a new instance of the engine. */
class Handle {
  #open;
  #held;
  #of = 0;

  constructor(open) {
    this.#open = open;
  }

  ask(work) {
    if (this.#of !== instance) {
      this.#held = call(this.#open);
      this.#of = instance;
    }
    return call(() => work(this.#held));
  }
}

/** Returns whether two files have the same bytes. @param {InputFile} one @param {InputFile} other */
const isSame = (one, other) => {
  const [ours, theirs] = [one, other].map(({ text, bytes }) => bytes ?? encoder.encode(text));
  return ours.length === theirs.length && ours.every((byte, at) => byte === theirs[at]);
};

const isWritten = ({ name }) => /\.placet$/i.test(name);
const folderOf = (path) => path.slice(0, path.lastIndexOf('/') + 1);

/**
 * Gives files without a path, for example from a disk, a path from which their `use` lines lead to known files: the
 * folder of the policy or of another file, or its subfolder `dossiers`.
 */
function placeAll(files, known) {
  const names = new Set([...known, ...files].map(({ name }) => name));
  const folders = [...new Set(known.flatMap(({ name }) => [folderOf(name), `${folderOf(name)}dossiers/`]))];
  return files.map((file) => {
    if (!isWritten(file) || file.name.includes('/')) return file;
    const missing = (folder) => uses({ ...file, name: folder + file.name }).filter((path) => !names.has(path)).length;
    const whole = (folder) => !/^\s*use\s+"(\.\.\/)/m.test(file.text) || folder.split('/').length > 1;
    const best = folders.filter(whole).sort((one, other) => missing(one) - missing(other))[0] ?? '';
    return best ? { ...file, name: best + file.name } : file;
  });
}

/**
 * A file: its path relative to the root, its text, and its bytes if they are known.
 * @typedef {{name: string, text: string, bytes?: Uint8Array}} InputFile
 */
/** @typedef {string|Uint8Array|ArrayBuffer} Fetched */
