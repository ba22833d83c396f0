/**
 * The engine that decides: compiled policies, JSON dossiers, decisions, questions. All functions are synchronous once
 * `init` has been awaited. Errors of the engine are thrown as a `PlacetError`; arguments of the wrong shape as a
 * `TypeError`. If the engine crashes, only that call fails: the next call uses a new instance, in which policies and cases
 * reopen themselves.
 */

import * as glue from '../glue/placet.js';
import { Case, Policy } from './case.js';
import { Host } from './host.js';

export { PlacetError } from './error.js';
export { fileOf } from './files.js';

const host = new Host(glue, new URL('placet.wasm', import.meta.url));

/** Starts the engine. Without an argument, loads the wasm file beside this module. */
export default host.init;

/** Starts the engine synchronously from bytes or a compiled module. */
export const initSync = host.initSync;

/** Returns the version of the engine. */
export const version = () => host.call(() => glue.version());

/** Opens a compiled policy. @param {Uint8Array|ArrayBuffer} bytes */
export function openPolicy(bytes) {
  if (!ArrayBuffer.isView(bytes) && !(bytes instanceof ArrayBuffer)) throw new TypeError('expected the bytes of a compiled policy (.placetc); placet/author opens texts');
  return new Policy(host, Case, () => glue.Case.open_compiled(new Uint8Array(bytes)));
}
