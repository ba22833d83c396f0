/**
 * Assistance-eligibility policy in controlled English, decided exactly and with reasons.
 *
 * ```js
 * import init, { load, openPolicy } from 'placet';
 *
 * await init();
 * const policy = openPolicy({ policy: 'policy.placet', files: await load('policy.placet', fetchFile) });
 * const decision = policy.open(await load('dossier.placet', fetchFile)).decide();
 * ```
 *
 * All calls are synchronous once the engine has started. What goes wrong in it is a {@link PlacetError}; arguments of the
 * wrong shape are a `TypeError`. Objects that are returned are plain JSON, fresh each time; their formats are versioned.
 */

import type { Decision } from './types/decision.js';
import type { Diff } from './types/diff.js';
import type { DossierFile, Value } from './types/dossier.js';
import type { Finding, Findings, Place } from './types/findings.js';
import type { Interview, Question } from './types/interview.js';
import type { Outline } from './types/policy.js';

export type { Decision, Diff, DossierFile, Finding, Findings, Interview, Outline, Place, Question, Value };

/** *Undetermined* where what is known allows for both. */
export type Answered = 'eligible' | 'ineligible' | 'undetermined';

/** What may be said of a fact. */
export type FactType = Question['type'];

/** A file of a policy or of dossiers. The engine reads no files itself. */
export interface InputFile {
  /** Its path, with `/` between folders; ends in `.placet`, `.json`, `.ndjson` or `.csv`. `use` lines are read relative to it. */
  name: string;
  text: string;
  /** Its bytes, where they are at hand, as by {@link fileOf}: the engine reads and hashes these. Else it takes the text as UTF-8. */
  bytes?: Uint8Array;
}

/** A policy, and the files that it uses. */
export interface PolicyFiles {
  files: InputFile[];
  /** The name of the policy's own file among them. */
  policy: string;
}

/** One thing that somebody said of a fact. */
export interface Said {
  /** By the type of the fact, as in a dossier in JSON: `true`, `120`, `"west"`, `"2016-02-01"`, `{ at_least: 200 }`. */
  value: Value;
  /** For relations: titles, by id, of people and groups that are named for the first time. */
  names?: { [id: string]: string };
  /** The id of a source that the policy or a dossier declares. */
  source?: string;
  /** The lines in it: `"3"`, `"29, 31"`, `"41 to 46"`. */
  lines?: string;
  /** Whoever said it, in words, where it is no declared source. */
  told?: string;
  /** The Admiralty grade: source A to F, information 1 to 6. */
  grade?: string;
  /** The day of which it speaks, as `2016-02-15`. */
  date?: string;
  /** That a rival of the subject says it. */
  rival?: boolean;
  /** That the subject itself says it. */
  subject?: boolean;
  /** That an interested party says it. */
  interested?: boolean;
  /** That it is a promise. */
  promise?: boolean;
}

/** The answer to a question; it replaces what the dossier says of that fact. */
export interface Answer {
  /** Copied from the question. */
  about: Question['about'];
  /** Copied from the question. */
  fact: Question['fact'];
  /** Copied from the question. */
  standard: Question['standard'];
  /** None: it is not known. One: the answer. More: sources disagree. */
  statements: Said[];
}

/** What to decide on. */
export interface Ask {
  /** The id of the subject; the only or first one where it is left out. */
  subject?: string;
  /** The day for which to decide, as `2016-02-15`; the dossier's own where it is left out. */
  asOf?: string;
  /** The types of assistance; all of them where it is left out. */
  assistance?: string[];
  /** What was answered so far, in order. */
  answers?: Answer[];
  /** False for a decision without the hashes of what was decided on, as for snapshots. */
  manifest?: boolean;
}

/** What to decide on, for several subjects at once. */
export interface AskAll extends Ask {
  /** The ids of the subjects; that of `subject` alone where it is left out. */
  subjects?: string[];
}

/** Somebody on whom the policy decides. */
export interface Subject {
  id: string;
  title: string;
  kind: string;
  /** The day for which the dossier speaks; null where it says none. */
  as_of: string | null;
}

/** What a missing fact would make of the verdicts. */
export interface Outlook {
  /** The fact, by the sentence under `missing` in a decision. */
  fact: string;
  /** The verdicts for each way in which it can turn out. */
  values: { text: string; verdicts: { assistance: string; verdict: Answered }[] }[];
  /** That the verdicts are the same in all of these. */
  changes_nothing: boolean;
}

/** What went wrong. */
export class PlacetError extends Error {
  /**
   * `mistakes`: the files have some, see `findings`. `request`: what is asked cannot be, such as an unknown subject.
   * `crashed`: the engine came to grief over this call; a fresh one has taken its place, and policies and cases that are
   * open stay so. `not-started`: `init` was not awaited. `blocked`: WebAssembly is not allowed here.
   */
  readonly code: 'mistakes' | 'request' | 'crashed' | 'not-started' | 'blocked';
  /** What is wrong in the files; empty for other codes. */
  readonly findings: Finding[];
}

/** Dossiers opened under a policy. */
export interface Case {
  /** Those on whom the policy decides, in order. */
  readonly subjects: Subject[];
  /** The verdicts so far, the question to ask next, and the answers. */
  interview(ask?: Ask): Interview;
  /** The decision, as one document for all subjects asked for; they must be decided for the same day. */
  decide(ask?: AskAll): Decision;
  /** The decision in a form to be kept: the same bytes that the command line writes. */
  decideText(ask?: AskAll, form?: 'json' | 'markdown' | 'csv'): string;
  /** Questions about what is not open: what the decision rests on, and what would have to be otherwise. */
  settled(ask?: Ask): Question[];
  /** For every missing fact, what it would make of the verdicts. */
  outlook(ask?: Ask): Outlook[];
  /** The subject's dossier with the answers in it, which can be opened again. */
  dossier(ask?: Ask, form?: 'placet' | 'json'): string;
  /** A picture of the decision, as SVG. */
  graph(ask?: Ask): string;
}

/** A policy without mistakes. */
export interface Policy {
  /** What it consists of. */
  readonly outline: Outline;
  /** Opens dossiers, with all the files that they use. Throws with the code `mistakes` where they have any. */
  open(files: InputFile[]): Case;

  /** Files from elsewhere, each with a path from which its `use` lines lead to the policy's files or to those beside them. */
  place(files: InputFile[], beside?: InputFile[]): InputFile[];
  /** Begins with an empty dossier, and with dossiers of circumstances that are known, if any. */
  begin(subject: { id: string; title: string; kind?: string; asOf?: string }, circumstances?: InputFile[]): Case;
  /** A picture of the policy, as SVG. */
  graph(): string;
}

/** From where the engine's WebAssembly can be taken. */
export type EngineSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Starts the engine; awaited once before anything else is called, and again without harm. Takes `placet_bg.wasm` from
 * beside this module where it is told of no other.
 */
export default function init(source?: EngineSource | PromiseLike<EngineSource>): Promise<void>;

/** Starts the engine from WebAssembly that is already at hand. */
export function initSync(source: BufferSource | WebAssembly.Module): void;

/** The version of the engine. */
export function version(): string;

/** The paths that a file's `use` lines name, from the same root as its own name. */
export function uses(file: InputFile): string[];

/** What a file is fetched as: its bytes, which its hash is of, or its text. */
export type Fetched = string | Uint8Array | ArrayBuffer;

/**
 * Reads a file and all files that it uses, each by `fetchFile`; the file itself comes first. Only `.placet` files below the
 * root are fetched, at most 200 and 64 MiB of them; a path has none of `\` `%` `?` `#` `:`, so it can be part of an address.
 */
export function load(entry: string, fetchFile: (path: string) => Fetched | Promise<Fetched>): Promise<InputFile[]>;

/** A file of which the bytes are at hand. */
export function fileOf(name: string, bytes: Uint8Array | ArrayBuffer): InputFile;

/** The file in its one form. Throws with the code `mistakes` where it cannot be read. */
export function format(file: InputFile): string;

/** What is wrong in policies and dossiers; and, unless `study` is false, what is proved about each policy over every case there can be. */
export function check(files: InputFile[], options?: { study?: boolean }): Findings;

/** What a change of policy means: the same or not for each type of assistance, with examples. */
export function diff(older: PolicyFiles, newer: PolicyFiles, options?: { days?: string[] }): Diff;

/** What a change of policy means, in a form to be kept. */
export function diffText(older: PolicyFiles, newer: PolicyFiles, form?: 'json' | 'markdown', options?: { days?: string[] }): string;

/** Opens a policy. Throws with the code `mistakes` where it has any. */
export function openPolicy(policy: PolicyFiles): Policy;
