/**
 * The official's choices and answers, without any user interface: the policy, the case, the request, the answers and
 * the current step. They are stored nowhere else.
 */

import { bare, idOf, introduced, keyOf } from './answers.js';
import { circumstancesOf, shippedWith, withUsed } from './bundled.js';

/** @import { Answer, Case, InputFile, Interview, Outline, PlacetError, Policy, Question, Said, Subject } from 'placet' */
/** @import { AuthorCase, AuthorPolicy } from 'placet/author' */
/** @import { OfferedPolicy as Entry } from 'placet/element' */
/** @import { AuthorEngine, DecisionWithManifest, Engine, Key, Opening, Step } from './types.js' */

/**
 * Opened policies with the engine that opened them, shared by all elements on the page that offer the same ones.
 * @type {WeakMap<Entry, Map<Engine, Promise<Policy | AuthorPolicy>>>}
 */
const opened = new WeakMap();

/** Files that only the engine of authors reads. @param {InputFile} file */
const needsAuthor = ({ name }) => !/\.(json|ndjson|jsonl)$/i.test(name);

/** Whether the engine that decides can open an entry by itself. @param {Entry} entry */
const isCompiled = ({ compiled, dossiers = [] }) => compiled && !dossiers.some(needsAuthor);

/** Whether an engine reads texts. @param {Engine | AuthorEngine} engine @returns {engine is AuthorEngine} */
const readsTexts = (engine) => 'uses' in engine;

/** Returns what must be there in this step. @template T @param {T | null | undefined} state @returns {T} */
function present(state) {
  if (state === null || state === undefined) throw new Error('no policy or no case is open');
  return state;
}

/** The number of results that are cached. */
const REMEMBERED = 30;

export class Session {
  #loadAuthor;
  /** The number of the latest choice or step. A choice that waits for files is dropped if there is a later one. */
  #moves = 0;

  /**
   * @param {Engine} engine the engine that decides
   * @param {() => Promise<AuthorEngine>} loadAuthor loads and starts the engine that also reads texts and draws
   */
  constructor(engine, loadAuthor) {
    /** @type {Engine | AuthorEngine} */
    this.engine = engine;
    this.#loadAuthor = loadAuthor;
    /** @type {Entry[]} */
    this.catalogue = [];
    /** The outlines of policies that the catalogue gives no card of. @type {Map<Entry, Outline>} */
    this.outlines = new Map();
    /** The errors of policies that cannot be opened. @type {Map<Entry, unknown>} */
    this.mistakes = new Map();
    /** Whether the engine crashed and was restarted since this was last set to false. */
    this.recovered = false;
    this.clear();
  }

  /** Clears all choices and answers. */
  clear() {
    /** @type {Step} */
    this.step = 'policy';
    /** @type {Entry | null} */
    this.entry = null;
    /** @type {Policy | AuthorPolicy | null} */
    this.policy = null;
    this.#leaveCase();
  }

  #leaveCase() {
    /** @type {Case | AuthorCase | null} */
    this.caseFile = null;
    /** The cached results about the case. @type {Map<string, unknown>} */
    this.worked = new Map();
    /** The possible subjects. @type {Subject[]} */
    this.people = [];
    /** @type {Opening | null} */
    this.opening = null;
    /** The files opened last, with the names given to the engine. @type {InputFile[]} */
    this.tried = [];
    /** The subjects that are decided on. @type {string[]} */
    this.subjects = [];
    /** @type {string} */
    this.subject = '';
    /** The chosen day, if it is not that of the dossier. @type {string | undefined} */
    this.asOf = undefined;
    /** The chosen types; undefined for all. @type {string[] | undefined} */
    this.assistance = undefined;
    /** Answers by subject. @type {Map<string, Answer[]>} */
    this.given = new Map();
    /** Entities that answers named for the first time: titles by id. @type {Map<string, string>} */
    this.named = new Map();
    /** Questions in the form in which they were asked, by subject and key. @type {Map<string, Question>} */
    this.asked = new Map();
    this.#ask(null);
  }

  /**
   * Sets the question to show: one fact, or the most influential question.
   * @param {Key | null} key
   * @param {Set<string> | null} [before] what was open before an answer was changed from the result
   */
  #ask(key, before = null) {
    this.#moves += 1;
    /** @type {Key | null} */
    this.asking = key;
    /** @type {Set<string> | null} */
    this.before = before;
  }

  /**
   * Computes a result once per request, so that going back and forth is free.
   * @template T @param {unknown} name @param {() => T} work @returns {T}
   */
  #once(name, work) {
    const key = JSON.stringify([name, this.ask, this.subjects]);
    if (!this.worked.has(key)) {
      if (this.worked.size >= REMEMBERED) this.worked.delete(this.worked.keys().next().value ?? '');
      this.worked.set(key, this.attempt(work));
    }
    return /** @type {T} */ (this.worked.get(key));
  }

  /**
   * Calls the engine, and calls it again if it crashed: it restarts by itself.
   * @template T @param {() => T} work @returns {T}
   */
  attempt(work) {
    try {
      return work();
    } catch (error) {
      if (/** @type {Partial<PlacetError> | null} */ (error)?.code !== 'crashed') throw error;
      this.recovered = true;
      return work();
    }
  }

  /** Opens the policy of an entry. @param {Entry} entry */
  async open(entry) {
    if (!isCompiled(entry)) await this.useAuthor();
    return this.#openWith(this.engine, entry);
  }

  /** @param {Engine | AuthorEngine} engine @param {Entry} entry */
  #openWith(engine, entry) {
    const all = opened.get(entry) ?? new Map();
    opened.set(entry, all);
    const found = all.get(engine);
    if (found) return found;
    const opening = this.#openPolicy(engine, entry);
    all.set(engine, opening);
    // Forget a failed attempt, so that it can be repeated.
    opening.catch(() => all.delete(engine));
    return opening;
  }

  /** @param {Engine | AuthorEngine} engine @param {Entry} entry */
  async #openPolicy(engine, { policy, compiled, files }) {
    if (files && readsTexts(engine)) {
      const source = { files: typeof files === 'function' ? await files() : files, policy };
      return this.attempt(() => engine.openPolicy(source));
    }
    const bytes = typeof compiled === 'function' ? await compiled() : (compiled ?? new Uint8Array());
    return this.attempt(() => engine.openPolicy(bytes));
  }

  /** Offers policies, and opens those whose outlines must be known to show them. @param {Entry[]} catalogue */
  async offer(catalogue) {
    this.catalogue = catalogue;
    if (catalogue.length === 1) return;
    for (const entry of catalogue.filter(({ card }) => !card)) {
      try {
        this.outlines.set(entry, (await this.open(entry)).outline);
      } catch (error) {
        this.mistakes.set(entry, error);
      }
    }
  }

  /** Continues with the engine that also reads texts and draws. If that fails, keeps the present engine. */
  async useAuthor() {
    const engine = await this.#loadAuthor();
    while (engine !== this.engine) {
      const { entry } = this;
      const policy = entry && (await this.#openWith(engine, entry));
      // Another policy was chosen meanwhile.
      if (entry !== this.entry) continue;
      const caseFile = policy && this.opening && this.#openCase(policy, this.opening);
      Object.assign(this, { engine, policy, caseFile, worked: new Map() });
    }
  }

  /** Returns the case in the engine that also reads texts and draws. */
  async authorCase() {
    await this.useAuthor();
    return /** @type {AuthorCase} */ (present(this.caseFile));
  }

  /** @param {Entry} entry @returns {Promise<boolean>} whether nothing else was chosen meanwhile */
  async choosePolicy(entry) {
    const { engine } = this;
    const move = ++this.#moves;
    const policy = await this.open(entry);
    if (move !== this.#moves) return false;
    if (engine !== this.engine) return this.choosePolicy(entry);
    if (entry !== this.entry) this.#leaveCase();
    this.entry = entry;
    this.policy = policy;
    this.step = 'case';
    return true;
  }

  /** The texts of the policy, if they were not left to be fetched. @returns {InputFile[]} */
  get texts() {
    const files = this.entry?.files;
    return Array.isArray(files) ? files : [];
  }

  /** The dossiers that come with the policy. @returns {InputFile[]} */
  get bundled() {
    return this.entry?.dossiers ?? [];
  }

  /** All dossiers that come with the policy, opened, and their subjects. */
  get shipped() {
    return shippedWith(this, present(this.policy));
  }

  /** The dossiers that come with the policy about entities of which there is only one. */
  get circumstances() {
    return circumstancesOf(this, present(this.policy));
  }

  /** Opens dossiers that come with the policy: that of one subject, or all. @param {string} [subject] */
  openShipped(subject) {
    this.#begin({}, this.shipped.people, subject ? [subject] : undefined);
  }

  /**
   * Opens the official's dossiers, with those that come with the policy and that they use.
   * @param {InputFile[]} files @returns {Promise<boolean>} whether nothing else was chosen meanwhile
   */
  async openFiles(files) {
    if (!(await this.#engineFor(files))) return false;
    const policy = present(this.policy);
    this.tried = 'place' in policy ? this.attempt(() => policy.place(files, this.bundled)) : files;
    this.#begin({ files: withUsed(this, policy, this.tried) });
    return true;
  }

  /**
   * Continues with the engine that files need.
   * @param {InputFile[]} files @returns {Promise<boolean>} whether nothing else was chosen meanwhile
   */
  async #engineFor(files) {
    const move = ++this.#moves;
    if (files.some(needsAuthor)) await this.useAuthor();
    return move === this.#moves;
  }

  /**
   * Begins with only a name and, optionally, a dossier on circumstances; everything else is asked.
   * @param {{title: string, kind: string, circumstances?: string}} subject
   */
  begin({ title, kind, circumstances }) {
    const id = idOf(title) || 'subject';
    const around = this.circumstances.find(({ name }) => name === circumstances);
    const files = around && withUsed(this, present(this.policy), this.bundled.filter(({ name }) => name === circumstances));
    this.#begin({ subject: { id, title, kind, asOf: around?.asOf }, circumstances: files });
  }

  /**
   * @param {Opening} opening @param {Subject[]} [people] the possible subjects, if the engine does not list all
   * @param {string[]} [only]
   */
  #begin(opening, people, only) {
    const { subject } = opening;
    const caseFile = this.#openCase(present(this.policy), opening);
    this.#leaveCase();
    this.opening = opening;
    this.caseFile = caseFile;
    this.people = people ?? caseFile.subjects.filter(({ id }) => !subject || id === subject.id);
    this.subjects = only ?? this.people.map(({ id }) => id);
    this.subject = this.subjects[0] ?? '';
    this.step = 'scope';
  }

  /** @param {Policy | AuthorPolicy} policy @param {Opening} opening */
  #openCase(policy, { files, subject, circumstances }) {
    return this.attempt(() => (files ? policy.open(files) : subject ? policy.begin(subject, circumstances) : present(shippedWith(this, policy).caseFile)));
  }

  /** The current subject's entry in `people`. */
  get about() {
    return this.people.find(({ id }) => id === this.subject);
  }

  /** Whether the case came with the policy. */
  get isShipped() {
    return Boolean(this.opening && !this.opening.files && !this.opening.subject);
  }

  /** Whether the case was begun with only a name. */
  get begun() {
    return Boolean(this.opening?.subject);
  }

  /** Sets the types of assistance and the day. @param {{assistance?: string[], asOf?: string}} scope */
  chooseScope({ assistance, asOf }) {
    this.assistance = assistance;
    this.asOf = asOf;
    this.#ask(null);
    if (this.subjects.length > 1) this.step = 'matrix';
    else this.step = this.begun && this.interview.next ? 'question' : 'result';
  }

  /** @param {string} subject */
  enter(subject) {
    this.subject = subject;
    this.#ask(null);
    this.step = 'result';
  }

  /** @returns {Answer[]} */
  get answers() {
    return this.given.get(this.subject) ?? [];
  }

  set answers(answers) {
    this.given.set(this.subject, answers);
  }

  get ask() {
    return { subject: this.subject, asOf: this.asOf, assistance: this.assistance, answers: introduced(this.answers, this.named) };
  }

  /** @returns {Interview} */
  get interview() {
    return this.#once('interview', () => present(this.caseFile).interview(this.ask));
  }

  /** Questions about settled facts, which can be asked as well. @returns {Question[]} */
  get settled() {
    return this.#once('settled', () => present(this.caseFile).settled(this.ask));
  }

  /** @returns {DecisionWithManifest} */
  get decision() {
    return this.#once('decision', () => JSON.parse(this.#decisionText('json', false)));
  }

  /** @returns {DecisionWithManifest} */
  get matrix() {
    return this.#once('matrix', () => JSON.parse(this.#decisionText('json', true)));
  }

  /**
   * The decision on the subject or subjects of the step, as text.
   * @param {'json' | 'markdown' | 'csv'} format @returns {string}
   */
  text(format) {
    return this.#decisionText(format, this.step === 'matrix');
  }

  /** @param {'json' | 'markdown' | 'csv'} format @param {boolean} all whether to decide on all subjects */
  #decisionText(format, all) {
    const { ask, asOf, assistance, subject, subjects } = this;
    return this.#once(`${format} ${all}`, () => present(this.caseFile).decideText(all ? { asOf, assistance, subjects } : { ...ask, subjects: [subject] }, format));
  }

  /** The current question; null if nothing is left to ask. @returns {Question | null} */
  get question() {
    const question = this.#once(['question', this.asking], () => (this.asking ? this.#questionOf(this.asking) : this.interview.next));
    if (question) this.asked.set(this.subject + keyOf(question), question);
    return question;
  }

  /**
   * Returns the question about one fact, answered or open; if the fact no longer matters, as it was asked.
   * @param {Key} key
   */
  #questionOf(key) {
    const wanted = keyOf(key);
    const others = this.answers.filter((answer) => keyOf(answer) !== wanted);
    const { open } = present(this.caseFile).interview({ ...this.ask, answers: introduced(others, this.named) });
    const same = (/** @type {Key} */ one) => keyOf(one) === wanted;
    return open.find(same) ?? this.askedAs(key) ?? this.settled.find(same) ?? null;
  }

  /** Returns a question as it was asked, or undefined. @param {Key} key */
  askedAs(key) {
    return this.asked.get(this.subject + keyOf(key));
  }

  /**
   * Returns the title of an entity that an answer names, or undefined.
   * @param {string} id @returns {string | undefined}
   */
  titleOf(id) {
    return this.named.get(id) ?? [...this.asked.values()].flatMap(({ whom }) => whom).find((one) => one.id === id)?.title;
  }

  /** Returns the answer to a question, or undefined. @param {Key} key */
  answerTo(key) {
    return this.answers.find((answer) => keyOf(answer) === keyOf(key));
  }

  /**
   * Records an answer, replacing an earlier one, and goes on. If the answer was changed from the result, goes to a
   * question that newly matters or back to the result; otherwise to the most influential question or to the result.
   * @param {Key} key
   * @param {Said[]} statements
   */
  answer({ about, fact, standard }, statements) {
    const { answers, before } = this;
    const answer = { about, fact, standard, statements };
    for (const { names } of statements) for (const [id, title] of Object.entries(names ?? {})) this.named.set(id, title);
    const at = answers.findIndex((one) => keyOf(one) === keyOf(answer));
    this.answers = at < 0 ? [...answers, answer] : answers.with(at, answer);
    let interview;
    try {
      ({ interview } = this);
    } catch (error) {
      // Drop an answer that the engine rejects.
      this.answers = answers;
      throw error;
    }
    const { open, next } = interview;
    const fresh = before && open.find((one) => !one.set_aside && !before.has(keyOf(one)));
    this.#ask(fresh || null, fresh ? before : null);
    this.step = fresh || (next && !before) ? 'question' : 'result';
  }

  /** Asks about a fact from the result. Facts that are open now are not asked before returning. @param {Key} key */
  change(key) {
    this.#ask(bare(key), new Set(this.interview.open.map(keyOf)));
    this.step = 'question';
  }

  /** Goes to a step. @param {Step} step */
  go(step) {
    this.#ask(null);
    this.step = step === 'question' && !this.interview.next ? 'result' : step;
  }

  /** Returns a function that goes to the previous step; null on the first. @returns {(() => void) | null} */
  get back() {
    switch (this.step) {
      case 'case':
        return this.catalogue.length > 1 ? () => this.go('policy') : null;
      case 'scope':
        return () => this.go('case');
      case 'matrix':
        return () => this.go('scope');
      case 'result':
        if (this.subjects.length > 1) return () => this.go('matrix');
        return this.answers.length ? () => this.#again(this.answers.length - 1) : () => this.go('scope');
      case 'question': {
        if (this.before) return () => this.go('result');
        const { asking, answers } = this;
        const at = asking ? answers.findIndex((answer) => keyOf(answer) === keyOf(asking)) : answers.length;
        if (at > 0) return () => this.#again(at - 1);
        return () => this.go(this.begun ? 'scope' : 'result');
      }
      default:
        return null;
    }
  }

  /** Shows a question that was answered. @param {number} at the index of the answer */
  #again(at) {
    this.#ask(bare(this.answers[at]));
    this.step = 'question';
  }

  /** Where the official is: choices and step, without the answers. */
  get place() {
    const { entry, opening, people, subjects, subject, asOf, assistance, step, asking } = this;
    return { entry, opening, people, subjects, subject, asOf, assistance, step, asking };
  }

  /**
   * Returns to a place. Answers on the same case are kept.
   * @param {Session['place']} place @returns {Promise<boolean>} whether nothing else was chosen meanwhile
   */
  async return({ entry, opening, people, subjects, subject, asOf, assistance, step, asking }) {
    if (entry && !(await this.choosePolicy(entry))) return false;
    if (!(await this.#engineFor(opening?.files ?? []))) return false;
    if (opening && opening !== this.opening) this.#begin(opening, people, subjects);
    if (opening) Object.assign(this, { subjects, subject, asOf, assistance });
    this.#ask(asking && bare(asking));
    this.step = step;
    return true;
  }

  /** The place and all answers, serialised. */
  get state() {
    if (!this.entry) return '';
    const { entry, ...place } = this.place;
    const state = { policy: entry?.policy, ...place, given: [...this.given], asked: [...this.asked], named: [...this.named] };
    // JSON cannot contain the bytes of files: their texts are enough.
    return JSON.stringify(state, (key, value) => (key === 'bytes' ? undefined : value));
  }

  /** Restores a serialised state. @param {string} state @returns {Promise<boolean>} whether its policy is offered here */
  async restore(state) {
    const { policy, given, asked, named, ...place } = JSON.parse(state);
    const entry = this.catalogue.find((one) => one.policy === policy);
    if (!entry) return false;
    this.clear();
    if (await this.return({ entry, ...place })) Object.assign(this, { given: new Map(given), asked: new Map(asked), named: new Map(named) });
    return true;
  }
}
