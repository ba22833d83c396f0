/**
 * Decides assistance-eligibility policies, exactly and with reasons: compiled policies, and dossiers in JSON.
 * `placet/author` is the whole engine, which also reads and writes the language.
 *
 * ```js
 * import init, { fileOf, openPolicy } from 'placet';
 *
 * await init();
 * const policy = openPolicy(await fetchBytes('policy.placetc'));
 * const decision = policy.open([fileOf('dossier.json', await fetchBytes('dossier.json'))]).decide();
 * ```
 *
 * All calls are synchronous after the engine has started. Errors of the engine are a {@link PlacetError}; arguments of the
 * wrong shape are a `TypeError`. Returned objects are plain JSON, new each time; their formats are versioned.
 */

import type { Decision } from './types/decision.js';
import type { DossierFile, Value } from './types/dossier.js';
import type { Finding, Place } from './types/findings.js';
import type { Interview, Question } from './types/interview.js';
import type { Outline } from './types/policy.js';

export type { Decision, DossierFile, Finding, Interview, Outline, Place, Question, Value };

/** *Undetermined* if the known facts allow both. */
export type Answered = 'eligible' | 'ineligible' | 'undetermined';

/** The type of a fact: its possible values. */
export type FactType = Question['type'];

/** A file of a policy or of dossiers. The engine reads no files itself. */
export interface InputFile {
  /** Its path, with `/` between folders; ends in `.json` or `.ndjson`, for `placet/author` also in `.placet` or `.csv`. */
  name: string;
  text: string;
  /** Its bytes, if they are known, as from {@link fileOf}: the engine reads and hashes these; otherwise the text as UTF-8. */
  bytes?: Uint8Array;
}

/** A statement about a fact. */
export interface Said {
  /** By the type of the fact, as in a dossier in JSON: `true`, `120`, `"west"`, `"2016-02-01"`, `{ at_least: 200 }`. */
  value: Value;
  /** For relations: titles, by id, of people and groups that are named for the first time. */
  names?: { [id: string]: string };
  /** The id of a source that the policy or a dossier declares. */
  source?: string;
  /** The lines in it: `"3"`, `"29, 31"`, `"41 to 46"`. */
  lines?: string;
  /** To whom it is attributed, in words, if it is not a declared source. */
  told?: string;
  /** The Admiralty grade: source A to F, information 1 to 6. */
  grade?: string;
  /** The date that it refers to, as `2016-02-15`. */
  date?: string;
  /** Whether it comes from a rival of the subject. */
  rival?: boolean;
  /** Whether it comes from the subject itself. */
  subject?: boolean;
  /** Whether it comes from an interested party. */
  interested?: boolean;
  /** Whether it is a promise. */
  promise?: boolean;
}

/** The answer to a question; it replaces the dossier's statements about that fact. */
export interface Answer {
  /** Copied from the question. */
  about: Question['about'];
  /** Copied from the question. */
  fact: Question['fact'];
  /** Copied from the question. */
  standard: Question['standard'];
  /** Empty: not known. One: the answer. Several: sources disagree. */
  statements: Said[];
}

/** What to decide on. */
export interface Ask {
  /** The id of the subject; by default the only or first one. */
  subject?: string;
  /** The day to decide for, as `2016-02-15`; by default that of the dossier. */
  asOf?: string;
  /** The types of assistance; by default all. */
  assistance?: string[];
  /** The answers so far, in order. */
  answers?: Answer[];
  /** False for a decision without the hashes of its inputs, for example for snapshots. */
  manifest?: boolean;
}

/** What to decide on, for several subjects at once. */
export interface AskAll extends Ask {
  /** The ids of the subjects; by default only `subject`. */
  subjects?: string[];
}

/** An entity on which the policy decides. */
export interface Subject {
  id: string;
  title: string;
  kind: string;
  /** The date of the dossier; null if it has none. */
  as_of: string | null;
  /** The name of the file of its dossier. */
  file: string;
}

/** The effect of a missing fact on the verdicts. */
export interface Outlook {
  /** The fact, as the sentence under `missing` in a decision. */
  fact: string;
  /** The verdicts for each of its possible values. */
  values: { text: string; verdicts: { assistance: string; verdict: Answered }[] }[];
  /** Whether the verdicts are the same for all of these. */
  changes_nothing: boolean;
}

/** An error of the engine. */
export class PlacetError extends Error {
  private constructor(code: PlacetError['code'], message: string, findings?: Finding[]);
  /**
   * `mistakes`: the files have errors, see `findings`. `request`: the request is invalid, for example an unknown subject or bytes that are not a compiled policy.
   * `crashed`: the engine crashed in this call and was restarted; policies and cases stay open. `not-started`: `init` was
   * not awaited. `blocked`: WebAssembly is not allowed here.
   */
  readonly code: 'mistakes' | 'request' | 'crashed' | 'not-started' | 'blocked';
  /** The errors in the files; empty for other codes. */
  readonly findings: Finding[];
}

/** Dossiers opened under a policy. */
export interface Case {
  /** The subjects on which the policy decides, in order. */
  readonly subjects: Subject[];
  /** All dossiers, also those of circumstances. */
  readonly dossiers: Subject[];
  /** The verdicts so far, the question to ask next, and the answers. */
  interview(ask?: Ask): Interview;
  /** The decision, as one document for all requested subjects; they must be decided for the same day. */
  decide(ask?: AskAll): Decision;
  /** The decision as text to be stored: the same bytes that the command line writes. */
  decideText(ask?: AskAll, form?: 'json' | 'markdown' | 'csv'): string;
  /** Questions about settled facts: those that the decision depends on, and those that would have to change. */
  settled(ask?: Ask): Question[];
  /** The effect of each missing fact on the verdicts. */
  outlook(ask?: Ask): Outlook[];
  /** The subject's dossier with the answers, which can be opened again. */
  dossier(ask?: Ask, form?: 'json'): string;
}

/** A policy without errors. */
export interface Policy {
  /** Its outline. */
  readonly outline: Outline;
  /** Opens dossiers in JSON. Throws with the code `mistakes` if they have errors. */
  open(files: InputFile[]): Case;
  /** Begins with an empty dossier, and optionally with dossiers of circumstances. */
  begin(subject: { id: string; title: string; kind?: string; asOf?: string }, circumstances?: InputFile[]): Case;
}

/** The source of the engine's WebAssembly. */
export type EngineSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the engine; await it before calling anything else. Calling it again has no effect. By default, loads
 * `placet.wasm` from the folder of this module.
 */
export default function init(source?: EngineSource | PromiseLike<Response>): Promise<void>;

/** Starts the engine synchronously from WebAssembly that is already loaded. */
export function initSync(source: BufferSource | WebAssembly.Module): void;

/** The version of the engine. */
export function version(): string;

/** A file from its bytes. */
export function fileOf(name: string, bytes: Uint8Array | ArrayBuffer): InputFile;

/** Opens a compiled policy (`.placetc`), as made by `placet compile`. Throws if the bytes are something else or of another version. */
export function openPolicy(policy: Uint8Array | ArrayBuffer): Policy;
