/** A policy and its cases, as both engines offer them. */

import { PlacetError } from './error.js';
import { Handle } from './host.js';

/** @typedef {import('./host.js').Host} Host @typedef {import('./files.js').InputFile} InputFile */

/** A policy without errors. */
export class Policy {
  #outline;

  /** @param {Host} host @param {() => any} open opens the policy in the engine; its errors are thrown now rather than on first use */
  constructor(host, open) {
    this.host = host;
    this.handle = new Handle(host, open);
    this.handle.ask(() => {});
  }

  /** The outline of the policy: `placet-policy/1`. */
  get outline() {
    return (this.#outline ??= this.handle.ask((policy) => JSON.parse(policy.outline())));
  }

  /** Opens dossiers, with the files that they use. @param {InputFile[]} files */
  open(files) {
    return this.case(this.opening(files));
  }

  /** Begins with a subject about whom nothing is known, optionally with dossiers on circumstances. */
  begin({ id, title, kind, asOf }, circumstances = []) {
    const open = this.opening(circumstances);
    return this.case(() => {
      const handle = open();
      this.host.call(() => handle.add_subject(id, title, kind, asOf));
      return handle;
    });
  }

  /** @param {() => any} open @returns {Case} */
  case(open) {
    return new Case(this.host, open);
  }

  /** Returns a function that opens dossiers; a new instance of the engine calls it again. @param {InputFile[]} files */
  opening(files) {
    const names = files.map(({ name }) => name);
    return () => this.host.withFiles(files, (given) => this.handle.ask((policy) => policy.with_data(given, names)));
  }

  /** Returns the files with the names under which they are opened. @param {InputFile[]} files @returns {InputFile[]} */
  place(files) {
    return files;
  }

  /** Draws the policy as SVG. @returns {string} */
  graph() {
    throw new PlacetError('request', 'a drawing needs the engine of placet/author');
  }
}

/** A policy with dossiers. */
export class Case {
  #host;
  #handle;

  /** @param {Host} host @param {() => any} open */
  constructor(host, open) {
    this.#host = host;
    this.#handle = new Handle(host, open);
    /** The subjects of the case. @type {{id: string, title: string, kind: string, as_of: string|null}[]} */
    this.subjects = this.#handle.ask((handle) => JSON.parse(handle.subjects()));
  }

  /**
   * All dossiers of the case, whatever they are about, with the names of their files.
   * @returns {{id: string, title: string, kind: string, as_of: string|null, file: string}[]}
   */
  get dossiers() {
    return this.#handle.ask((handle) => JSON.parse(handle.dossiers()));
  }

  /** Returns what to ask next: `placet-interview/1`. */
  interview = (ask = {}) => JSON.parse(this.ask(ask, (handle, request) => handle.interview(request)));

  /** Returns questions about settled facts: those that the decision depends on, and those that could turn it. */
  settled = (ask = {}) => JSON.parse(this.ask(ask, (handle, request) => handle.settled(request)));

  /** Returns the effect of each open fact on the verdicts. */
  outlook = (ask = {}) =>
    JSON.parse(this.ask(ask, (handle, request) => handle.outlook(request))).map((one) => ({ ...one, fact: one.text, changes_nothing: !one.values.length }));

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
    return this.ask(ask, (handle, request) => handle.decide(request, ask.subjects ?? [], form, ask.manifest ?? true));
  }

  /** Returns the subject's dossier with the answers, as `json`. @returns {string} */
  dossier(ask = {}, form = 'json') {
    if (form === 'json') return this.ask(ask, (handle, request) => handle.dossier(request));
    throw new PlacetError('request', `a dossier as "${form}" needs the engine of placet/author`);
  }

  /** Draws the decision as SVG. @returns {string} */
  graph() {
    throw new PlacetError('request', 'a drawing needs the engine of placet/author');
  }

  /** Calls the engine with a request. @template T @param {any} ask @param {(handle: any, request: any) => T} work @returns {T} */
  ask(ask, work) {
    return this.#handle.ask((handle) => {
      const request = this.#host.request(ask);
      const result = work(handle, request);
      request.free();
      return result;
    });
  }
}
