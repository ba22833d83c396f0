/**
 * `<placet-eligibility>`: decides whether a group is eligible for assistance under a policy, by its dossier or by questions,
 * with reasons. Importing this module defines the element, once; without a document, as on a server, it does nothing.
 */

import type { Answer, Decision, InputFile, PlacetError, Outline, Question } from './placet.js';

/** A policy to choose from. */
export interface OfferedPolicy {
  /** The name of the policy file. */
  policy: string;
  /** The policy in compiled form (`.placetc`), or a function that fetches it when it is needed. */
  compiled?: Uint8Array | (() => Promise<Uint8Array>);
  /**
   * The text of the policy and of all files that it uses, or a function that fetches them. With `compiled`, they are needed
   * only for dossiers in the language.
   */
  files?: InputFile[] | (() => Promise<InputFile[]>);
  /** Dossiers to choose from, with all files that they use; in JSON for a compiled policy. */
  dossiers?: InputFile[];
  /** The part of its outline that is shown before it is chosen. With it, the policy is opened only when it is chosen. */
  card?: Pick<Outline, 'id' | 'title' | 'authority' | 'in_force' | 'translations'>;
}

/** Policies to choose from. A file that several of them use can be included once. */
export interface PolicyCatalogue {
  /**
   * As `OfferedPolicy`. A file can be given by its name among `files` or `texts`, and a compiled policy by its address,
   * relative to the catalogue.
   */
  policies: (Omit<OfferedPolicy, 'compiled' | 'files' | 'dossiers'> & { compiled?: string; files?: (InputFile | string)[]; dossiers?: (InputFile | string)[] })[];
  /** The files that policies refer to by name. */
  files?: InputFile[];
  /** The address of a list of further such files, which is fetched only for dossiers in the language. */
  texts?: string;
}

/** The events of `<placet-eligibility>`. All of them bubble. */
export interface PlacetEligibilityEventMap {
  /** The engine runs and the policies are loaded. */
  'placet-ready': CustomEvent<{ version: string }>;
  /** A question is shown. */
  'placet-question': CustomEvent<{ question: Question }>;
  /** A question was answered. */
  'placet-answer': CustomEvent<Answer>;
  /** A decision is shown. */
  'placet-decision': CustomEvent<{ decision: Decision }>;
  /** An error occurred. */
  'placet-error': CustomEvent<{ error: Error | PlacetError }>;
  /** Everything was cleared. */
  'placet-clear': CustomEvent<null>;
}

/** Its properties that are not attributes. */
export interface PlacetEligibilityProperties {
  /** The policies to choose from, or a catalogue of them; a string is the address of a catalogue. */
  policies?: OfferedPolicy[] | PolicyCatalogue | string | null | undefined;
  /** The files of the dossiers to begin with. */
  dossiers?: InputFile[] | null | undefined;
  /** The types of assistance to decide on, as a list or separated by commas. */
  assistance?: string[] | string | null | undefined;
  /** The answers about the subject, in the order given. */
  answers?: Answer[] | null | undefined;
}

/** Its attributes and properties in JSX. The declarations for a framework are in `placet/jsx/react`, `…/preact` and `…/solid`. */
export interface PlacetEligibilityAttributes extends PlacetEligibilityProperties {
  /** The address of one policy, or the policy of the catalogue to begin with. */
  policy?: string | undefined;
  /** The addresses of dossiers to begin with, separated by spaces. */
  dossier?: string | undefined;
  /** The day to decide for, as `2016-02-15`. */
  'as-of'?: string | undefined;
  /** Whether the browser's Back goes to the previous page. */
  history?: boolean | undefined;
  /** The address of the engine, if it is not in the folder of the module. */
  wasm?: string | undefined;
  /** The address of the whole engine, if it is not beside the module. */
  'author-wasm'?: string | undefined;
  name?: string | undefined;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
}

/** The event listeners in JSX, with the prefix of the framework. */
export type PlacetEligibilityListeners<Prefix extends string> = {
  [K in keyof PlacetEligibilityEventMap as `${Prefix}${K}`]?: ((event: PlacetEligibilityEventMap[K]) => void) | undefined;
};

/** The element. It does not store, send or put into the address anything that is entered. */
export class PlacetEligibility extends HTMLElement {
  static readonly formAssociated: true;

  /**
   * The policies to choose from, or a catalogue of them, instead of those at the address in the attribute `policies`. A
   * string sets the attribute, for frameworks that set attributes as properties.
   */
  get policies(): OfferedPolicy[];
  set policies(policies: OfferedPolicy[] | PolicyCatalogue | string | null | undefined);

  /** The files of the dossiers to begin with, instead of those at the addresses in the attribute `dossier`. */
  get dossiers(): InputFile[];
  set dossiers(files: InputFile[] | null | undefined);

  /** The types of assistance to decide on; empty for all. */
  get assistance(): string[];
  set assistance(types: string[] | string | null | undefined);

  /** The day to decide for, as `2016-02-15`; empty for that of the dossier. */
  get asOf(): string;
  set asOf(day: string | null | undefined);

  /** The name of the decision in a form. */
  name: string;
  /** Whether the form requires a decision. */
  required: boolean;
  /** Whether the element is disabled. */
  disabled: boolean;

  /** The decision that is shown; null before there is one. */
  readonly decision: Decision | null;
  /** The decision as text, which a form submits; empty before there is one. */
  readonly value: string;

  /** The answers about the subject, in the order given. */
  get answers(): Answer[];
  set answers(answers: Answer[] | null | undefined);

  /** Clears all choices and answers. */
  clear(): void;

  readonly form: HTMLFormElement | null;
  readonly type: 'placet-eligibility';
  readonly validity: ValidityState;
  readonly validationMessage: string;
  readonly willValidate: boolean;
  checkValidity(): boolean;
  reportValidity(): boolean;

  addEventListener<K extends keyof PlacetEligibilityEventMap>(
    type: K,
    listener: (this: PlacetEligibility, event: PlacetEligibilityEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: PlacetEligibility, event: HTMLElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'placet-eligibility': PlacetEligibility;
  }
  interface GlobalEventHandlersEventMap extends PlacetEligibilityEventMap {}
}
