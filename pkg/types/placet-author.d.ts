/**
 * The whole engine: everything of `placet`, and the language. It reads and writes texts of policies and dossiers, compiles,
 * draws, checks and compares policies.
 *
 * ```js
 * import init, { load, openPolicy } from 'placet/author';
 *
 * await init();
 * const policy = openPolicy({ policy: 'policy.placet', files: await load('policy.placet', fetchFile) });
 * const decision = policy.open(await load('dossier.placet', fetchFile)).decide();
 * ```
 */

import type { Ask, Case, EngineSource, InputFile, Policy } from './placet.js';
import type { Diff } from './types/diff.js';
import type { Findings } from './types/findings.js';

export * from './placet.js';
export type { Diff, Findings };

/** A policy, and the files that it uses. */
export interface PolicyFiles {
  files: InputFile[];
  /** The name of the policy file among them. */
  policy: string;
}

/** Dossiers opened under a policy. */
export interface AuthorCase extends Case {
  /** The subject's dossier with the answers, which can be opened again. The default is `placet`. */
  dossier(ask?: Ask, form?: 'placet' | 'json'): string;
  /** A picture of the decision, as SVG. */
  graph(ask?: Ask): string;
}

/** A policy without errors. */
export interface AuthorPolicy extends Policy {
  /** Opens dossiers, with all files that they use. Throws with the code `mistakes` if they have errors. */
  open(files: InputFile[]): AuthorCase;
  /** Files from elsewhere, each with a path from which its `use` lines lead to the policy's files or to those in `beside`. */
  place(files: InputFile[], beside?: InputFile[]): InputFile[];
  /** Begins with an empty dossier, and optionally with dossiers of circumstances. */
  begin(subject: { id: string; title: string; kind?: string; asOf?: string }, circumstances?: InputFile[]): AuthorCase;
  /** The policy in compiled form (`.placetc`). */
  compiled(): Uint8Array;
  /** A picture of the policy, as SVG. */
  graph(): string;
}

/**
 * Starts the engine; await it before calling anything else. Calling it again has no effect. By default, loads
 * `placet-author.wasm` from the folder of this module.
 */
export default function init(source?: EngineSource | PromiseLike<Response>): Promise<void>;

/** Starts the engine synchronously from WebAssembly that is already loaded. */
export function initSync(source: BufferSource | WebAssembly.Module): void;

/** The version of the engine. */
export function version(): string;

/** The paths in the `use` lines of a file, relative to the same root as its own name. */
export function uses(file: InputFile): string[];

/** A fetched file: its bytes, which are hashed, or its text. */
export type Fetched = string | Uint8Array | ArrayBuffer;

/**
 * Reads a file and all files that it uses, each by `fetchFile`; the file itself comes first. Only `.placet` files below the
 * root are fetched, at most 200 and 64 MiB; a path cannot contain `\` `%` `?` `#` `:`, so it can be part of an address.
 */
export function load(entry: string, fetchFile: (path: string) => Fetched | Promise<Fetched>): Promise<InputFile[]>;

/** The formatted file. Throws with the code `mistakes` if it has syntax errors. */
export function format(file: InputFile): string;

/** The errors in policies and dossiers; and, unless `study` is false, what is proved about each policy for all possible cases. */
export function check(files: InputFile[], options?: { study?: boolean }): Findings;

/** How a change of policy changes verdicts: the same or not for each type of assistance, with examples. */
export function diff(older: PolicyFiles, newer: PolicyFiles, options?: { days?: string[] }): Diff;

/** How a change of policy changes verdicts, as text to be stored. */
export function diffText(older: PolicyFiles, newer: PolicyFiles, form?: 'json' | 'markdown', options?: { days?: string[] }): string;

/** A policy in compiled form (`.placetc`), for the engine that decides. Throws with the code `mistakes` if it has errors. */
export function compile(policy: PolicyFiles): Uint8Array;

/** Opens a policy from texts or from its compiled form. Throws with the code `mistakes` if it has errors. */
export function openPolicy(policy: PolicyFiles | Uint8Array | ArrayBuffer): AuthorPolicy;
