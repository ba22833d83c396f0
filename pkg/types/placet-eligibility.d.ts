/**
 * `<placet-eligibility>`: decides whether a group may have assistance under a policy, by its dossier or by questions, with
 * reasons. Importing this module defines the element, once; where there is no document, as on a server, it does nothing.
 */

import type { Answer, Decision, InputFile, PlacetError, Outline, Question } from './placet.js';

/** A policy to choose from. */
export interface OfferedPolicy {
  /** The name of the policy's own file among `files`. */
  policy: string;
  /** That file and all that it uses. */
  files: InputFile[];
  /** Dossiers to choose from, with all that they use. */
  dossiers?: InputFile[];
  /** What of its outline is shown before it is chosen; where it stands here, the policy is opened only once it is chosen. */
  card?: Pick<Outline, 'id' | 'title' | 'authority' | 'in_force' | 'translations'>;
}

/** Policies to choose from, with the files that several of them use once. */
export interface PolicyCatalogue {
  /** As `OfferedPolicy`, where a file may be given by its name among `files`. */
  policies: (Omit<OfferedPolicy, 'files' | 'dossiers'> & { files: (InputFile | string)[]; dossiers?: (InputFile | string)[] })[];
  /** The files that are named. */
  files?: InputFile[];
}

/** What `<placet-eligibility>` tells the page. All of them bubble. */
export interface PlacetEligibilityEventMap {
  /** The engine runs and the policies are read. */
  'placet-ready': CustomEvent<{ version: string }>;
  /** A question is shown. */
  'placet-question': CustomEvent<{ question: Question }>;
  /** A question was answered. */
  'placet-answer': CustomEvent<Answer>;
  /** A decision is shown. */
  'placet-decision': CustomEvent<{ decision: Decision }>;
  /** Something does not work. */
  'placet-error': CustomEvent<{ error: Error | PlacetError }>;
  /** Everything was cleared. */
  'placet-clear': CustomEvent<null>;
}

/** Its properties that are no attributes. */
export interface PlacetEligibilityProperties {
  /** The policies to choose from, or a catalogue of them; a text is the address of a catalogue. */
  policies?: OfferedPolicy[] | PolicyCatalogue | string | null | undefined;
  /** The files of the dossiers to begin with. */
  dossiers?: InputFile[] | null | undefined;
  /** The types of assistance that are asked, as a list or with commas between. */
  assistance?: string[] | string | null | undefined;
  /** The answers about the subject, in the order given. */
  answers?: Answer[] | null | undefined;
}

/** What can be written on it in JSX. The declarations for a framework are in `placet/jsx/react`, `…/preact` and `…/solid`. */
export interface PlacetEligibilityAttributes extends PlacetEligibilityProperties {
  /** The address of one policy, or which one of the catalogue to begin with. */
  policy?: string | undefined;
  /** The addresses of dossiers to begin with, with spaces between. */
  dossier?: string | undefined;
  /** The day for which is decided, as `2016-02-15`. */
  'as-of'?: string | undefined;
  /** Whether the browser's Back leads to the page before. */
  history?: boolean | undefined;
  /** The address of the engine, where it does not lie beside the module. */
  wasm?: string | undefined;
  name?: string | undefined;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
}

/** What can be listened to in JSX, behind the prefix of the framework. */
export type PlacetEligibilityListeners<Prefix extends string> = {
  [K in keyof PlacetEligibilityEventMap as `${Prefix}${K}`]?: ((event: PlacetEligibilityEventMap[K]) => void) | undefined;
};

/** The element. Nothing that is said in it is stored, sent or put into the address. */
export class PlacetEligibility extends HTMLElement {
  static readonly formAssociated: true;

  /**
   * The policies to choose from, or a catalogue of them, instead of those at the address in the attribute `policies`; a text
   * sets the attribute, as frameworks do that set properties.
   */
  get policies(): OfferedPolicy[];
  set policies(policies: OfferedPolicy[] | PolicyCatalogue | string | null | undefined);

  /** The files of the dossiers to begin with, instead of those at the addresses in the attribute `dossier`. */
  get dossiers(): InputFile[];
  set dossiers(files: InputFile[] | null | undefined);

  /** The types of assistance that are asked; none where all are. */
  get assistance(): string[];
  set assistance(types: string[] | string | null | undefined);

  /** The day for which is decided, as `2016-02-15`; empty for the dossier's own. */
  get asOf(): string;
  set asOf(day: string | null | undefined);

  /** The name of the decision in a form. */
  name: string;
  /** Whether a form waits for a decision. */
  required: boolean;
  /** Whether nothing can be done in it. */
  disabled: boolean;

  /** The decision that is shown; null before there is one. */
  readonly decision: Decision | null;
  /** The decision as text, which is what a form sends; empty before there is one. */
  readonly value: string;

  /** The answers about the subject, in the order given. */
  get answers(): Answer[];
  set answers(answers: Answer[] | null | undefined);

  /** Forgets all that was chosen and answered. */
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
