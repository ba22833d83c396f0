/** The element <placet-eligibility>: attributes, properties, events, and its part in a form. */

import init, * as engine from '../engine/placet.js';
import { keyOf } from './answers.js';
import { contextOf } from './context.js';
import { h } from './dom.js';
import { FormField, reflect, settle } from './field.js';
import { Session } from './session.js';
import { Stage } from './stage.js';
import { catalogueOf, filesAt, offered } from './supply.js';
import { Trail } from './trail.js';
import { createWords, learn } from './words.js';
import { renderFindings } from './view/findings.js';
import { button, renderTrouble } from './view/frame.js';
import { renderMatrix } from './view/matrix.js';
import { renderQuestion } from './view/question.js';
import { renderResult } from './view/result.js';
import { outside, renderCase, renderPolicies, renderScope } from './view/start.js';

/** @typedef {import('./session.js').Entry} Entry @typedef {import('./session.js').InputFile} InputFile @typedef {import('./context.js').Context} Context */

const VIEWS = { policy: renderPolicies, case: renderCase, scope: renderScope, question: renderQuestion, result: renderResult, matrix: renderMatrix };

/**
 * Decides whether a group may have assistance under a policy, by its dossier or by questions, with reasons. Nothing that
 * is said in it is stored, sent or put into the address.
 *
 * @tag placet-eligibility
 *
 * @attr {string} policies - address of a catalogue of policies (JSON)
 * @attr {string} policy - address of one policy, or which one of the catalogue to begin with
 * @attr {string} dossier - address of a dossier to begin with; several with spaces between
 * @attr {string} assistance - the types that are asked, with commas between; all where it is left out
 * @attr {string} as-of - the day for which is decided, as 2016-02-15; the dossier's own where it is left out
 * @attr {boolean} history - whether the browser's Back leads to the page before; else the element leaves the history alone
 * @attr {string} wasm - address of the engine's WebAssembly, where it does not lie beside the module
 * @attr {string} name - the name of the decision in a form
 * @attr {boolean} required - whether a form waits for a decision
 * @attr {boolean} disabled - whether nothing can be done in it
 *
 * @fires placet-ready - the engine runs and the policies are read; `detail.version`
 * @fires placet-question - a question is shown; `detail.question`
 * @fires placet-answer - a question was answered; `detail` is the answer
 * @fires placet-decision - a decision is shown; `detail.decision`
 * @fires placet-error - something does not work; `detail.error`
 * @fires placet-clear - everything was cleared
 *
 * @slot heading - above everything
 * @slot footer - below everything
 *
 * @csspart frame - everything
 * @csspart page - one step
 * @csspart heading - the heading of a step
 * @csspart caption - about whom, and by which policy
 * @csspart notice - what went wrong and was put right
 * @csspart button - a button; also `primary`, `secondary`, `link`, `danger`
 * @csspart card - a policy to choose
 * @csspart drop - where files are dropped
 * @csspart progress - how many questions were answered, and how many are left
 * @csspart known - what is on record of a question
 * @csspart why - why a question is asked
 * @csspart source - one of several sources
 * @csspart result - a result, or the matrix of several
 * @csspart verdict - the verdict in a sentence; also `eligible`, `ineligible`, `undetermined`
 * @csspart matrix - the table of verdicts
 * @csspart keep - what can be printed, saved and copied
 * @csspart mistakes - what is wrong on a page or in a file
 * @csspart dialog - whether really everything is to be cleared
 *
 * @cssprop [--placet-font=system-ui, sans-serif] - the typeface
 * @cssprop [--placet-text=#14181c] - text
 * @cssprop [--placet-muted=#4b555e] - hints
 * @cssprop [--placet-background=#fff] - behind everything
 * @cssprop [--placet-surface=#f2f4f6] - behind what stands out
 * @cssprop [--placet-border=#b4bcc4] - lines
 * @cssprop [--placet-edge=#4b555e] - the edges of fields and buttons
 * @cssprop [--placet-accent=#1d4f91] - links and the button that goes on
 * @cssprop [--placet-on-accent=#fff] - text on it
 * @cssprop [--placet-focus=#14181c] - the ring around what has the focus
 * @cssprop [--placet-danger=#b3261e] - mistakes
 * @cssprop [--placet-eligible=#00703c] - an eligible verdict, a rule that is met
 * @cssprop [--placet-ineligible=#b3261e] - a verdict that is not eligible, a rule that fails
 * @cssprop [--placet-undetermined=#7a4f00] - an undetermined verdict, a rule that is open
 * @cssprop [--placet-radius=4px] - how round corners are
 */
export class PlacetEligibility extends FormField {
  static observedAttributes = ['policies', 'policy', 'dossier', 'assistance', 'as-of', 'lang', 'wasm', 'history', 'required', 'disabled'];

  #session = new Session(engine);
  #stage = new Stage(this);
  /** Counts the loads, so that one which was overtaken is not shown. */
  #load = 0;
  #ready = false;
  /** Whether something did not work in place of what would be shown. */
  #troubled = false;
  /** @type {Entry[] | undefined} */
  #policies;
  /** @type {InputFile[] | undefined} */
  #dossiers;
  /** What a form remembered, until the engine can take it up. */
  #remembered = '';
  /** Has the browser ask before the page is left. @param {Event} event */
  #warn = (event) => event.preventDefault();
  #page = new MutationObserver(() => this.#speak());
  #trail = new Trail((place) => this.#ready && this.#attempt(() => this.#session.return(place)));

  connectedCallback() {
    // What was set before the element was defined goes through its properties now.
    for (const name of ['policies', 'dossiers', 'assistance', 'asOf', 'name', 'required', 'disabled']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    addEventListener('popstate', this.#trail);
    this.#stage.listen();
    this.#page.observe(this.ownerDocument.documentElement, { attributeFilter: ['lang'] });
    if (this.#ready) this.#render();
    else this.#start();
  }

  disconnectedCallback() {
    removeEventListener('beforeunload', this.#warn);
    removeEventListener('popstate', this.#trail);
    this.#stage.deafen();
    this.#page.disconnect();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === 'required') this.#settle();
    else if (name === 'lang') this.#speak();
    else if (name === 'history') this.#note();
    else if (name === 'assistance' || name === 'as-of') this.#rescope();
    else if (name !== 'disabled') this.#start();
  }

  /** The policies to choose from, instead of those at the address in the attribute. */
  get policies() {
    return this.#policies ?? this.#session.catalogue;
  }

  set policies(policies) {
    // Frameworks set what is written in JSX as properties.
    if (typeof policies === 'string') return reflect(this, 'policies', policies);
    this.#policies = policies?.policies ? offered(policies) : (policies ?? undefined);
    if (this.isConnected) this.#start();
  }

  /** The files of the dossiers to begin with, instead of those at the address in the attribute. */
  get dossiers() {
    return this.#dossiers ?? [];
  }

  set dossiers(files) {
    this.#dossiers = files ?? undefined;
    if (this.isConnected) this.#start();
  }

  /** The types that are asked; none where all are. @returns {string[]} */
  get assistance() {
    return (this.getAttribute('assistance') ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  }

  set assistance(types) {
    reflect(this, 'assistance', types?.length ? [types].flat().join(', ') : null);
  }

  /** The day for which is decided; empty for the dossier's own. */
  get asOf() {
    return this.getAttribute('as-of') ?? '';
  }

  set asOf(day) {
    reflect(this, 'as-of', day || null);
  }

  /** The decision that is shown (placet-decision/1); null before there is one. */
  get decision() {
    return structuredClone(this.#decided);
  }

  get #decided() {
    const { step } = this.#session;
    if (this.#troubled) return null;
    if (step === 'result') return this.#session.decision;
    return step === 'matrix' ? this.#session.matrix : null;
  }

  /** The decision as text, which is what a form sends; empty before there is one. */
  get value() {
    return this.#decided ? this.#session.text('json') : '';
  }

  /** The answers about the subject, in the order given. */
  get answers() {
    return structuredClone(this.#session.answers);
  }

  set answers(answers) {
    this.#session.answers = answers ?? [];
    if (this.#ready) this.#render();
  }

  /** Forgets all that was chosen and answered. */
  clear() {
    this.#session.clear();
    this.#trail.forget();
    this.#arrive(false);
    this.#tell('placet-clear');
  }

  focus(options) {
    this.#stage.heading?.focus(options);
  }

  get type() {
    return 'placet-eligibility';
  }

  formResetCallback() {
    this.#session.clear();
    this.#trail.forget();
    if (this.#ready) this.#arrive(true);
  }

  formDisabledCallback(disabled) {
    this.#stage.inert = disabled;
  }

  formStateRestoreCallback(state) {
    this.#remembered = state;
    if (this.#ready) this.#arrive(true);
  }

  /** @param {string} name @param {Record<string, any>} [detail] */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** Starts the engine, fetches the policies and dossiers, and shows the first page. */
  async #start() {
    const load = ++this.#load;
    // Attributes and properties that are set together are taken up together.
    await null;
    if (load !== this.#load) return;
    this.#ready = false;
    await learn(this.#language);
    this.#stage.show(this.#context(), h('p', { class: 'hint' }, this.#words().t('frame-loading')), {});
    try {
      const wasm = this.getAttribute('wasm');
      await init(wasm ? new URL(wasm, this.baseURI) : undefined);
      const catalogue = this.#policies ?? (await catalogueOf(engine, this));
      const dossiers = this.#dossiers ?? (await filesAt(engine, this, 'dossier'));
      if (load !== this.#load) return;
      this.#session.clear();
      this.#trail.forget();
      this.#session.catalogue = catalogue;
      this.#dossiers = dossiers.length ? dossiers : undefined;
      this.#ready = true;
      this.#tell('placet-ready', { version: engine.version() });
      this.#arrive(true);
    } catch (error) {
      if (load === this.#load) this.#trouble(error);
    }
  }

  /** Goes to the first page that the official has to see. @param {boolean} dossiers whether those given are opened */
  #arrive(dossiers) {
    const session = this.#session;
    const focus = this.#stage.hasFocus;
    this.#attempt(() => {
      const remembered = this.#remembered;
      this.#remembered = '';
      if (remembered && session.restore(remembered)) return;
      const named = this.hasAttribute('policies') && this.getAttribute('policy');
      const { catalogue } = session;
      const entry = catalogue.length === 1 ? catalogue[0] : catalogue.find((one) => named && (one.policy === named || (one.card ?? session.open(one).outline).id === named));
      if (entry) session.choosePolicy(entry);
      if (!entry || !dossiers || !this.#dossiers) return;
      session.openFiles(this.#dossiers);
      if (this.asOf || session.about?.as_of) session.chooseScope(this.#scope());
    }, focus);
  }

  #scope() {
    return { asOf: this.asOf || undefined, assistance: this.assistance.length ? this.assistance : undefined };
  }

  #rescope() {
    const session = this.#session;
    if (!this.#ready) return;
    Object.assign(session, this.#scope());
    session.answers = [...session.answers];
    this.#render();
  }

  /** Does something and shows where it led. @param {() => void} work */
  #attempt(work, focus = true) {
    try {
      work();
    } catch (error) {
      this.#trouble(error);
      return;
    }
    this.#render(focus);
  }

  /** The language of the place where the element stands. */
  get #language() {
    for (let node = this; node; node = node.getRootNode().host) {
      const language = node.closest('[lang]')?.lang;
      if (language) return language;
    }
    return 'en';
  }

  #words() {
    return createWords(this.#language, this.#session.policy?.outline.translations);
  }

  /** Shows the page in the language that it is in now. */
  async #speak() {
    await learn(this.#language);
    if (this.#ready && this.isConnected) this.#stage.again(() => this.#render());
  }

  /** @returns {any} what the views are given */
  #context() {
    return contextOf(this.#session, this, this.#words(), {
      announce: (text) => this.#stage.announce(text),
      act: (work) => this.#attempt(work),
      tell: (name, detail) => this.#tell(name, detail),
    });
  }

  /** Shows the page of the present step. */
  #render(focus = false) {
    const session = this.#session;
    const context = this.#context();
    this.#stage.hush();
    let page;
    let asks;
    try {
      page = VIEWS[session.step](context);
      asks = session.step === 'result' && session.interview.next;
    } catch (error) {
      this.#trouble(error);
      return;
    }
    this.#troubled = false;
    const { back } = session;
    const notice = session.recovered ? context.words.t('error-recovered') : null;
    session.recovered = false;
    this.#stage.show(context, page, {
      back: back && (() => this.#attempt(back)),
      questions: asks && (() => this.#attempt(() => session.go('question'))),
      clear: session.caseFile && (() => this.clear()),
      notice,
    });
    if (notice) this.#stage.announce(notice);
    if (focus) this.#stage.focus();
    this.#settle();
    this.#note();
    if (session.step === 'question') this.#tell('placet-question', { question: session.question });
    else if (this.#decided) this.#tell('placet-decision', { decision: this.decision });
  }

  /** Notes the page for the browser's Back, where it is to have it. */
  #note() {
    const session = this.#session;
    if (!this.hasAttribute('history') || !this.#ready) return;
    // What is the most telling question now may be another when the official comes back.
    const asking = session.step === 'question' ? session.question : null;
    this.#trail.note({ ...session.place, asking }, [session.entry?.policy, session.step, session.subject, asking && keyOf(asking)].join('\n'));
  }

  /** Says what does not work; what was answered is kept. */
  #trouble(error) {
    const session = this.#session;
    this.#troubled = true;
    this.#stage.hush();
    const { t } = this.#words();
    const kind = ['blocked', 'crashed', 'mistakes'].includes(error?.code) ? error.code : 'other';
    const again = button(t('error-again'), () => (this.#ready ? this.#attempt(() => {}) : this.#start()));
    const day = session.asOf ?? session.about?.as_of;
    // A host may ask for any day.
    const wrongDay = this.#ready && day && outside(this.#words(), session.policy.outline.in_force, day);
    if (wrongDay) {
      const choose = button(t('error-day-choose'), () => this.#attempt(() => session.go('scope')));
      return this.#showTrouble(error, t('error-day-title'), wrongDay, h('div', { class: 'buttons' }, choose));
    }
    const detail = kind === 'mistakes' ? renderFindings(this.#context(), error, [...session.tried, ...(session.entry?.files ?? [])], { level: 2 })
      : kind === 'other' ? h('bdi', { lang: 'en', dir: 'ltr' }, String(error?.message ?? error)) : null;
    this.#showTrouble(error, t(`error-${kind}-title`), t(`error-${kind}-text`), detail, h('div', { class: 'buttons' }, again));
  }

  /** @param {unknown} error @param {Parameters<typeof renderTrouble>} said */
  #showTrouble(error, ...said) {
    const session = this.#session;
    const page = renderTrouble(...said);
    const { back } = session;
    this.#stage.show(this.#context(), page, { back: this.#ready && back ? () => this.#attempt(back) : null, clear: session.caseFile && (() => this.clear()) });
    if (this.#ready) this.#stage.focus();
    this.#settle();
    this.#tell('placet-error', { error });
  }

  /** Tells the form around it how things stand. */
  #settle() {
    const { value } = this;
    const missing = this.required && !value ? this.#words().t('frame-required') : '';
    settle(this, value, this.#session.state, missing, this.#stage.heading);
    // Answers are nowhere else, and would be lost; a form sends what came of them, and brings them back.
    const lost = this.isConnected && !this.form && [...this.#session.given.values()].some((answers) => answers.length);
    (lost ? addEventListener : removeEventListener)('beforeunload', this.#warn);
  }
}

const elements = globalThis.customElements;
if (elements && !elements.get('placet-eligibility')) elements.define('placet-eligibility', PlacetEligibility);
