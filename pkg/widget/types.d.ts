/** Names for the engines, for the parts of their data that the views show, and for the state of the session. */

import type { Decision, InputFile, Interview, Outline, Policy, Question, Said } from 'placet';

type Manifest = NonNullable<Decision['manifest']>;

/** A decision with its manifest, which the engine leaves out only on request. */
export type DecisionWithManifest = Decision & { manifest: Manifest & Required<Pick<Manifest, 'dossiers' | 'files'>> };
/** A subject's part of a decision. */
export type DecidedSubject = Decision['subjects'][number];
export type Verdict = DecidedSubject['verdicts'][number];
export type Missing = Verdict['missing'][number];
export type Obligation = Verdict['obligations'][number];
export type Concern = NonNullable<Verdict['concerns']>[number];
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

/** The engine that decides; the whole engine can be used in its place. */
export type Engine = typeof import('placet');
/** The whole engine. */
export type AuthorEngine = typeof import('placet/author');

/** What a case is opened with: files, or a subject to ask about; empty for the dossiers that come with the policy. */
export interface Opening {
  files?: InputFile[];
  subject?: Parameters<Policy['begin']>[0];
  circumstances?: InputFile[];
}

export type Step = 'policy' | 'case' | 'scope' | 'question' | 'result' | 'matrix';

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
