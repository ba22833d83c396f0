/**
 * Starts an engine, calls it, and starts a new instance after a crash. There is one host for each of the two engines.
 */

import { PlacetError } from './error.js';
import { bytesOf, named } from './files.js';

/** @import { Answer, Ask, EngineSource, InputFile } from 'placet' */
/** @import * as Glue from '../glue/placet.js' */

export class Host {
  #glue;
  #address;
  /** @type {Promise<void> | undefined} */
  #starting;
  /** The number of the current instance of the engine. Handles of earlier instances are invalid. */
  instance = 0;

  /** @param {typeof Glue} glue the functions that wasm-bindgen made @param {URL} address the wasm file */
  constructor(glue, address) {
    this.#glue = glue;
    this.#address = address;
  }

  /** Starts the engine. Calling it again has no effect. @param {EngineSource | PromiseLike<Response>} [input] */
  init = (input = this.#address) => {
    this.#starting ??= compile(input)
      .then((module) => this.#glue.default({ module_or_path: module }))
      .then(() => void (this.instance ||= 1))
      .catch((error) => {
        this.#starting = undefined;
        throw blocked(error);
      });
    return this.#starting;
  };

  /** Starts the engine synchronously from bytes or a compiled module. @param {BufferSource|WebAssembly.Module} input */
  initSync = (input) => {
    if (this.instance) return;
    try {
      this.#glue.initSync({ module: input });
    } catch (error) {
      throw blocked(error);
    }
    this.instance = 1;
    this.#starting = Promise.resolve();
  };

  /**
   * Calls the engine. An error that it throws as a string is a failed request; any other error is a crash.
   * @template T @param {() => T} work @returns {T}
   */
  call = (work) => {
    if (!this.instance) throw new PlacetError('not-started', 'the engine is not started: await init() first');
    try {
      return work();
    } catch (error) {
      if (typeof error === 'string') {
        const { code, message, told: found } = JSON.parse(error);
        throw new PlacetError(code, message, found?.findings);
      }
      if (error instanceof PlacetError || error instanceof TypeError) throw error;
      this.#glue.__wbg_reset_state();
      this.instance += 1;
      throw new PlacetError('crashed', 'the engine crashed and was restarted', [], { cause: error });
    }
  };

  /** @template T @param {InputFile[]} files @param {(given: Glue.Files) => T} work @returns {T} */
  withFiles = (files, work) =>
    this.call(() => {
      const given = new this.#glue.Files();
      for (const file of files) given.add(named(file.name), bytesOf(file));
      const result = work(given);
      given.free();
      return result;
    });

  /** Returns the glue's request. @param {Ask} ask */
  request = ({ subject, asOf, assistance, answers = [] }) =>
    new this.#glue.Ask(subject ?? undefined, asOf || undefined, assistance?.length ? assistance : undefined, JSON.stringify(answers.map(keyed)));
}

/** Picks the properties of an answer, so that callers can spread a question into it. @param {Answer} answer */
const keyed = ({ about, fact, standard = null, statements }) => ({ about, fact, standard, statements });

/** A handle to a case in the engine's memory. It reopens the case in a new instance of the engine. */
export class Handle {
  #host;
  #open;
  /** @type {Glue.Case | undefined} */
  #held;
  #of = 0;

  /** @param {Host} host @param {() => Glue.Case} open */
  constructor(host, open) {
    this.#host = host;
    this.#open = open;
  }

  /** @template T @param {(held: Glue.Case) => T} work @returns {T} */
  ask(work) {
    let held = this.#held;
    if (!held || this.#of !== this.#host.instance) {
      held = this.#held = this.#host.call(this.#open);
      this.#of = this.#host.instance;
    }
    return this.#host.call(() => work(held));
  }
}

/** @param {EngineSource | PromiseLike<Response>} input @returns {Promise<WebAssembly.Module>} */
async function compile(input) {
  if (typeof WebAssembly === 'undefined') throw new PlacetError('blocked', 'this browser does not run WebAssembly, or it is switched off');
  if (input instanceof WebAssembly.Module) return input;
  if (input instanceof URL && input.protocol === 'file:') {
    const files = globalThis.process?.getBuiltinModule?.('node:fs');
    if (files) return WebAssembly.compile(files.readFileSync(input));
  }
  if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return WebAssembly.compile(input);
  const response = await (typeof input === 'string' || input instanceof URL || input instanceof Request ? fetch(input) : input);
  if (!response.ok) throw new PlacetError('request', `${response.url}: ${response.status} ${response.statusText}`);
  // The server sent another content type, which streaming compilation rejects: compile from the bytes.
  const streams = response.headers.get('Content-Type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** @param {unknown} error */
function blocked(error) {
  if (error instanceof PlacetError) return error;
  const forbidden = error instanceof WebAssembly.CompileError && /Content.Security.Policy|unsafe-eval|disallowed by embedder/i.test(error.message);
  return forbidden
    ? new PlacetError('blocked', "the page's content security policy does not allow WebAssembly: script-src needs 'wasm-unsafe-eval'", [], { cause: error })
    : new PlacetError('request', `the engine cannot be started: ${error instanceof Error ? error.message : error}`, [], { cause: error });
}
