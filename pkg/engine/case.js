/** A policy and its cases, as both engines offer them. */

import { PlacetError } from './error.js';
import { Handle } from './host.js';

/** @import { Ask, AskAll, Decision, InputFile, Interview, Outline, Outlook, Policy as Published, Question, Subject } from 'placet' */
/** @import * as Glue from '../glue/placet.js' */
/** @import { Host } from './host.js' */

/** A policy without errors. @template {Case} [Opened=Case] */
export class Policy {
  #host;
  #Case;
  /** @type {Outline | undefined} */
  #outline;

  /**
   * @param {Host} host
   * @param {new (host: Host, open: () => Glue.Case) => Opened} Case the class of its cases
   * @param {() => Glue.Case} open opens the policy in the engine; its errors are thrown now rather than on first use
   */
  constructor(host, Case, open) {
    this.#host = host;
    this.#Case = Case;
    this.handle = new Handle(host, open);
    this.handle.ask(() => {});
  }

  /** The outline of the policy: `placet-policy/1`. @returns {Outline} */
  get outline() {
    return (this.#outline ??= this.handle.ask((policy) => JSON.parse(policy.outline())));
  }

  /** Opens dossiers, with the files that they use. @param {InputFile[]} files */
  open(files) {
    return new this.#Case(this.#host, this.opening(files));
  }

  /**
   * Begins with a subject about whom nothing is known, optionally with dossiers on circumstances.
   * @param {Parameters<Published['begin']>[0]} subject @param {InputFile[]} [circumstances]
   */
  begin({ id, title, kind, asOf }, circumstances = []) {
    const open = this.opening(circumstances);
    return new this.#Case(this.#host, () => {
      const handle = open();
      this.#host.call(() => handle.add_subject(id, title, kind, asOf));
      return handle;
    });
  }

  /** Returns a function that opens dossiers; a new instance of the engine calls it again. @param {InputFile[]} files @returns {() => Glue.Case} */
  opening(files) {
    const names = files.map(({ name }) => name);
    return () => this.#host.withFiles(files, (given) => this.handle.ask((policy) => policy.with_json(given, names)));
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

  /** @param {Host} host @param {() => Glue.Case} open */
  constructor(host, open) {
    this.#host = host;
    this.#handle = new Handle(host, open);
    /** The subjects of the case. @type {Subject[]} */
    this.subjects = this.#handle.ask((handle) => JSON.parse(handle.subjects()));
  }

  /** All dossiers of the case, whatever they are about. @returns {Subject[]} */
  get dossiers() {
    return this.#handle.ask((handle) => JSON.parse(handle.dossiers()));
  }

  /** Returns what to ask next: `placet-interview/1`. @param {Ask} [ask] @returns {Interview} */
  interview = (ask = {}) => JSON.parse(this.ask(ask, (handle, request) => handle.interview(request)));

  /**
   * Returns questions about settled facts: those that the decision depends on, and those that could turn it.
   * @param {Ask} [ask] @returns {Question[]}
   */
  settled = (ask = {}) => JSON.parse(this.ask(ask, (handle, request) => handle.settled(request)));

  /** Returns the effect of each open fact on the verdicts. @param {Ask} [ask] @returns {Outlook[]} */
  outlook = (ask = {}) =>
    JSON.parse(this.ask(ask, (handle, request) => handle.outlook(request))).map((/** @type {Outlook & {text: string}} */ one) => ({ ...one, fact: one.text, changes_nothing: !one.values.length }));

  /** Returns the decision: `placet-decision/1`. Throws if the subjects have different days. @param {AskAll} [ask] @returns {Decision} */
  decide(ask = {}) {
    const decided = JSON.parse(this.decideText(ask, 'json'));
    if (!Array.isArray(decided)) return decided;
    throw new PlacetError('request', 'the dossiers have different dates: give asOf, or decide on one at a time');
  }

  /**
   * Returns the decision as the bytes that the command line writes: `json`, `markdown` or `csv`. It contains hashes
   * unless `manifest` is false.
   * @param {AskAll} [ask] @param {'json' | 'markdown' | 'csv'} [form] @returns {string}
   */
  decideText(ask = {}, form = 'json') {
    return this.ask(ask, (handle, request) => handle.decide(request, ask.subjects ?? [], form, ask.manifest ?? true));
  }

  /** Returns the subject's dossier with the answers, as `json`. @param {Ask} [ask] @param {'placet' | 'json'} [form] @returns {string} */
  dossier(ask = {}, form = 'json') {
    if (form === 'json') return this.ask(ask, (handle, request) => handle.dossier(request));
    throw new PlacetError('request', form === 'placet' ? 'a dossier in the language needs the engine of placet/author' : `unknown dossier format "${form}"`);
  }

  /** Draws the decision as SVG. @returns {string} */
  graph() {
    throw new PlacetError('request', 'a drawing needs the engine of placet/author');
  }

  /** Calls the engine with a request. @template T @param {Ask} ask @param {(handle: Glue.Case, request: Glue.Ask) => T} work @returns {T} */
  ask(ask, work) {
    return this.#handle.ask((handle) => {
      const request = this.#host.request(ask);
      const result = work(handle, request);
      request.free();
      return result;
    });
  }
}
