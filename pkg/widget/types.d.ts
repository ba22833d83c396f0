/** Names for the parts of the engine's data that the views show, and the state that they use. */

import type { Answer, Case, Decision, InputFile, Interview, Outline, Policy, Question, Said, Subject, fileOf } from 'placet';
import type { AuthorCase } from 'placet/author';
import type { OfferedPolicy } from 'placet/element';

type Manifest = NonNullable<Decision['manifest']>;

/** A decision with its manifest, which the engine leaves out only on request. */
export type DecisionWithManifest = Decision & { manifest: Manifest & Required<Pick<Manifest, 'dossiers' | 'files'>> };
/** A subject's part of a decision. */
export type DecidedSubject = Decision['subjects'][number];
export type Verdict = DecidedSubject['verdicts'][number];
export type Missing = Verdict['missing'][number];
export type Obligation = Verdict['obligations'][number];
export type RuleOutcome = Verdict['rules'][number];
export type Change = DecidedSubject['changes'][number];
export type Condition = DecidedSubject['rules'][number]['tree'];
export type Fact = DecidedSubject['facts'][number];
export type KnownFact = DecidedSubject['findings'][number];
export type Statement = DecidedSubject['statements'][number];

export type Rule = Outline['rules'][number];
export type DeclaredChoice = Outline['choices'][number];
export type Citation = Rule['citations'][number];
/** A document that is cited; a decision gives only its id and title. */
export type Document = Pick<Outline['sources'][number], 'id' | 'title'> & Partial<Outline['sources'][number]>;

/** An entity, a fact, and the evidence standard under which the fact is read. */
export type Key = Pick<Question, 'about' | 'fact' | 'standard'>;
export type AnsweredQuestion = Interview['answered'][number];
/** The provenance of a statement. */
export type Origin = Omit<Said, 'value' | 'names'>;
/** The value of a fact that is a relation: the entity, or the members of a list. */
export interface Relation {
  is?: string | null;
  members?: string[];
  complete?: boolean;
}

export type Step = 'policy' | 'case' | 'scope' | 'question' | 'result' | 'matrix';

/** The part of the state in session.js that the views use. */
export interface Session {
  readonly engine: { fileOf: typeof fileOf };
  readonly catalogue: OfferedPolicy[];
  /** The outlines of policies that the catalogue gives no card of. */
  readonly outlines: Map<OfferedPolicy, Outline>;
  /** The errors of policies that cannot be opened. */
  readonly mistakes: Map<OfferedPolicy, unknown>;
  readonly step: Step;
  readonly entry: OfferedPolicy | null;
  readonly policy: Policy | null;
  readonly caseFile: Case | null;
  /** The possible subjects of the case. */
  readonly people: Subject[];
  /** The ids of the subjects that are decided on. */
  readonly subjects: string[];
  readonly subject: string;
  /** The current subject's entry in `people`. */
  readonly about: Subject | undefined;
  /** Whether the case came with the policy. */
  readonly isShipped: boolean;
  readonly shipped: { people: Subject[] };
  readonly circumstances: { name: string; title: string; asOf: string | undefined }[];
  /** The files opened last, with the names given to the engine. */
  readonly tried: InputFile[];
  readonly asOf: string | undefined;
  readonly assistance: string[] | undefined;
  readonly ask: { subject: string; asOf: string | undefined; assistance: string[] | undefined; answers: Answer[] };
  readonly interview: Interview;
  readonly settled: Question[];
  readonly decision: DecisionWithManifest;
  readonly matrix: DecisionWithManifest;
  /** The current question; null if nothing is left to ask. */
  readonly question: Question | null;

  /** Calls the engine, and calls it again if it crashed. */
  attempt<T>(work: () => T): T;
  /** Continues with the engine that also reads texts and draws, and returns the case in it. */
  useAuthor(): Promise<AuthorCase>;
  open(entry: OfferedPolicy): Promise<Policy>;
  choosePolicy(entry: OfferedPolicy): Promise<void>;
  openShipped(subject?: string): void;
  openFiles(files: InputFile[]): Promise<void>;
  begin(subject: { title: string; kind: string; circumstances: string | undefined }): void;
  chooseScope(scope: { assistance: string[] | undefined; asOf: string | undefined }): void;
  enter(subject: string): void;
  go(step: Step): void;
  change(key: Key): void;
  answer(key: Key, statements: Said[]): void;
  answerTo(key: Key): Answer | undefined;
  askedAs(key: Key): Question | undefined;
  titleOf(id: string): string | undefined;
  text(format: 'json' | 'markdown' | 'csv'): string;
}

/** A compiled message, see build/words.mjs. */
export type Pattern = string | Part[];
type Argument = [name: string, how?: 0 | Intl.NumberFormatOptions];
export type Choice = [by: Argument, variants: Record<string, Pattern>, fallback: string];
type Part = string | Argument | Choice;
export type Messages = Record<string, Pattern>;

type Listeners = { [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => unknown };

/** The attributes, properties and listeners of an element. */
export interface Properties extends Listeners {
  [name: string]: string | number | boolean | null | undefined | ((event: never) => unknown);
}

export type ElementOf<Tag> = Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement;
