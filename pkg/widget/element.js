/** The element <placet-eligibility>: attributes, properties, events and form participation. */

import init, * as engine from '../engine/placet.js';
import { keyOf } from './answers.js';
import { contextOf } from './context.js';
import { h } from './dom.js';
import { FormField, reflect, settle } from './field.js';
import { Session } from './session.js';
import { ViewRoot } from './view-root.js';
import { catalogueOf, filesAt, offered } from './supply.js';
import { PageHistory } from './history.js';
import { createWords, loadLanguage } from './words.js';
import { renderFindings } from './view/findings.js';
import { button, renderError } from './view/frame.js';
import { renderMatrix } from './view/matrix.js';
import { renderQuestion } from './view/question.js';
import { renderResult } from './view/result.js';
import { outside, renderCase, renderPolicies, renderScope } from './view/start.js';

/** @import { InputFile, PlacetError } from 'placet' */
/** @import { OfferedPolicy, PlacetEligibilityProperties } from 'placet/element' */
/** @import { Context } from './context.js' */

const VIEWS = { policy: renderPolicies, case: renderCase, scope: renderScope, question: renderQuestion, result: renderResult, matrix: renderMatrix };

/**
 * Decides whether a group is eligible for assistance under a policy, by its dossier or by questions, and gives reasons.
 * The element does not store, send or put into the address anything that is entered.
 *
 * @tag placet-eligibility
 *
 * @attr {string} policies - address of a catalogue of policies (JSON)
 * @attr {string} policy - address of one policy, or the policy of the catalogue to begin with
 * @attr {string} dossier - address of a dossier to begin with; several are separated by spaces
 * @attr {string} assistance - the types of assistance to decide on, separated by commas; all by default
 * @attr {string} as-of - the day to decide for, as 2016-02-15; by default that of the dossier
 * @attr {boolean} history - whether the browser's Back goes to the previous page; otherwise the history is not used
 * @attr {string} wasm - address of the engine's WebAssembly file, if it is not beside the module
 * @attr {string} author-wasm - the same for the engine that reads texts, which is fetched when it is needed
 * @attr {string} name - the name of the decision in a form
 * @attr {boolean} required - whether the form requires a decision
 * @attr {boolean} disabled - whether the element is disabled
 *
 * @fires placet-ready - the engine runs and the policies are loaded; `detail.version`
 * @fires placet-question - a question is shown; `detail.question`
 * @fires placet-answer - a question was answered; `detail` is the answer
 * @fires placet-decision - a decision is shown; `detail.decision`
 * @fires placet-error - an error occurred; `detail.error`
 * @fires placet-clear - everything was cleared
 *
 * @slot heading - above everything
 * @slot footer - below everything
 *
 * @csspart frame - everything
 * @csspart page - one step
 * @csspart heading - the heading of a step
 * @csspart caption - the subject and the policy
 * @csspart notice - a problem that was solved
 * @csspart button - a button; also `primary`, `secondary`, `link`, `danger`
 * @csspart card - a policy in the list
 * @csspart drop - the area to drop files on
 * @csspart progress - how many questions were answered, and how many are left
 * @csspart known - what is on record about a question
 * @csspart why - why a question is asked
 * @csspart source - one of several sources
 * @csspart result - a result, or the matrix of several
 * @csspart verdict - the verdict in a sentence; also `eligible`, `ineligible`, `undetermined`
 * @csspart matrix - the table of verdicts
 * @csspart keep - the section to print, save and copy
 * @csspart mistakes - the errors on a page or in a file
 * @csspart dialog - the confirmation before everything is cleared
 *
 * @cssprop [--placet-font=system-ui, sans-serif] - the typeface
 * @cssprop [--placet-text=#14181c] - text
 * @cssprop [--placet-muted=#4b555e] - hints
 * @cssprop [--placet-background=#fff] - the background
 * @cssprop [--placet-surface=#f2f4f6] - the background of highlighted parts
 * @cssprop [--placet-border=#b4bcc4] - lines
 * @cssprop [--placet-edge=#4b555e] - the borders of fields and buttons
 * @cssprop [--placet-accent=#1d4f91] - links and the primary button
 * @cssprop [--placet-on-accent=#fff] - text on the primary button
 * @cssprop [--placet-focus=#14181c] - the focus ring
 * @cssprop [--placet-danger=#b3261e] - errors
 * @cssprop [--placet-eligible=#00703c] - the verdict eligible, a rule that is met
 * @cssprop [--placet-ineligible=#b3261e] - the verdict ineligible, a rule that fails
 * @cssprop [--placet-undetermined=#7a4f00] - the verdict undetermined, a rule that is open
 * @cssprop [--placet-radius=4px] - the radius of corners
 */
export class PlacetEligibility extends FormField {
  static observedAttributes = ['policies', 'policy', 'dossier', 'assistance', 'as-of', 'lang', 'wasm', 'author-wasm', 'history', 'required', 'disabled'];

  /** Loads and starts the engine that also reads texts and draws. */
  #author = async () => {
    const author = await import('../engine/author.js');
    await author.default(this.#addressOf('author-wasm'));
    return author;
  };
  #session = new Session(engine, this.#author);
  #viewRoot = new ViewRoot(this);
  /** The number of the latest load; the results of earlier loads are not shown. */
  #load = 0;
  /** The number of the latest attempt; the pages of earlier attempts are not shown. */
  #attempts = 0;
  /** Whether the engine runs and the policies are loaded. */
  #ready = false;
  /** Whether an error is shown instead of the page. */
  #showsError = false;
  /** @type {OfferedPolicy[] | undefined} */
  #policies;
  /** @type {InputFile[] | undefined} */
  #dossiers;
  /** The dossiers at the addresses in the attribute, if the property is not set. @type {InputFile[]} */
  #fetchedDossiers = [];
  /** The state that a form restored, until the engine is ready. */
  #restoredState = '';
  /** Makes the browser ask before the page is left. @param {Event} event */
  #warn = (event) => event.preventDefault();
  #languageObserver = new MutationObserver(() => this.#updateLanguage());
  #history = new PageHistory((/** @type {Session['place']} */ place) => this.#ready && this.#attempt(() => this.#session.return(place)));

  connectedCallback() {
    // Properties that were set before the element was defined shadow the accessors: set them again.
    for (const name of ['policies', 'dossiers', 'assistance', 'asOf', 'name', 'required', 'disabled']) {
      if (!Object.hasOwn(this, name)) continue;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    addEventListener('popstate', this.#history);
    this.#viewRoot.listen();
    this.#languageObserver.observe(this.ownerDocument.documentElement, { attributeFilter: ['lang'] });
    if (this.#ready) this.#render();
    else this.#start();
  }

  disconnectedCallback() {
    // Drop a load: it begins again when the element is added again.
    this.#load += 1;
    removeEventListener('beforeunload', this.#warn);
    removeEventListener('popstate', this.#history);
    this.#viewRoot.stopListening();
    this.#languageObserver.disconnect();
  }

  /** @param {string} name @param {string | null} before @param {string | null} after */
  attributeChangedCallback(name, before, after) {
    if (before === after || !this.isConnected) return;
    if (name === 'required') this.#settle();
    else if (name === 'lang') this.#updateLanguage();
    else if (name === 'history') this.#addToHistory();
    else if (name === 'assistance' || name === 'as-of') this.#rescope();
    else if (name !== 'disabled') this.#start();
  }

  /** The policies to choose from; if set, the attribute is ignored. @returns {OfferedPolicy[]} */
  get policies() {
    return this.#policies ?? this.#session.catalogue;
  }

  /** @param {PlacetEligibilityProperties['policies']} policies */
  set policies(policies) {
    if (typeof policies === 'string') {
      // JSX frameworks set attributes as properties.
      reflect(this, 'policies', policies);
      return;
    }
    this.#policies = policies && 'policies' in policies ? offered(policies, this.baseURI) : (policies ?? undefined);
    if (this.isConnected) this.#start();
  }

  /** The files of the dossiers to begin with; if set, the attribute is ignored. @returns {InputFile[]} */
  get dossiers() {
    return this.#dossiers ?? this.#fetchedDossiers;
  }

  /** @param {PlacetEligibilityProperties['dossiers']} files */
  set dossiers(files) {
    this.#dossiers = files ?? undefined;
    if (this.isConnected) this.#start();
  }

  /** The types of assistance to decide on; empty for all. @returns {string[]} */
  get assistance() {
    return (this.getAttribute('assistance') ?? '').split(',').map((one) => one.trim()).filter(Boolean);
  }

  /** @param {PlacetEligibilityProperties['assistance']} types */
  set assistance(types) {
    reflect(this, 'assistance', types?.length ? [types].flat().join(', ') : null);
  }

  /** The day to decide for; empty for that of the dossier. @returns {string} */
  get asOf() {
    return this.getAttribute('as-of') ?? '';
  }

  /** @param {string | null | undefined} day */
  set asOf(day) {
    reflect(this, 'as-of', day || null);
  }

  /** The decision that is shown (placet-decision/1), or null. */
  get decision() {
    return structuredClone(this.#decided);
  }

  get #decided() {
    const { step } = this.#session;
    if (this.#showsError) return null;
    if (step === 'result') return this.#session.decision;
    return step === 'matrix' ? this.#session.matrix : null;
  }

  /** The decision as text, which a form submits; empty if there is none. */
  get value() {
    return this.#decided ? this.#session.text('json') : '';
  }

  /** The answers about the subject, in the order in which they were given. */
  get answers() {
    return structuredClone(this.#session.answers);
  }

  /** @param {PlacetEligibilityProperties['answers']} answers */
  set answers(answers) {
    this.#session.answers = answers ?? [];
    if (this.#ready) this.#render();
  }

  /** Clears all choices and answers. */
  clear() {
    this.#forget();
    if (this.#ready) this.#showFirstPage(false);
    this.#emit('placet-clear');
  }

  #forget() {
    this.#session.clear();
    this.#history.forget();
    this.#restoredState = '';
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    this.#viewRoot.heading?.focus(options);
  }

  get type() {
    return 'placet-eligibility';
  }

  formResetCallback() {
    this.#forget();
    if (this.#ready) this.#showFirstPage(true);
  }

  /** @param {boolean} disabled */
  formDisabledCallback(disabled) {
    this.#viewRoot.inert = disabled;
  }

  /** @param {string} state */
  formStateRestoreCallback(state) {
    this.#restoredState = state;
    if (this.#ready) this.#showFirstPage(true);
  }

  /** @param {string} name @param {object} [detail] */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, detail }));
  }

  /** Starts the engine, fetches the policies and dossiers, and shows the first page. */
  async #start() {
    const load = ++this.#load;
    // Wait for other attributes and properties that are set at the same time.
    await null;
    if (load !== this.#load) return;
    this.#ready = false;
    this.#attempts += 1;
    await loadLanguage(this.#language);
    this.#viewRoot.show(this.#context(), h('p', { class: 'hint' }, this.#words().t('frame-loading')), {});
    try {
      // A new session, since an earlier load may still wait for files.
      const session = new Session(engine, this.#author);
      const [catalogue, dossiers] = await Promise.all([
        this.#policies ?? catalogueOf(this.#author, this),
        this.#dossiers ?? filesAt(this.#author, this, 'dossier'),
        this.#offersCompiled ? init(this.#addressOf('wasm')) : session.useAuthor(),
      ]);
      await session.offer(catalogue);
      if (load !== this.#load) return;
      this.#session = session;
      this.#history.forget();
      this.#fetchedDossiers = dossiers;
      this.#ready = true;
      this.#emit('placet-ready', { version: session.engine.version() });
      this.#showFirstPage(true);
    } catch (error) {
      if (load === this.#load) this.#showError(error, () => this.#start());
    }
  }

  /** Whether the page may offer a compiled policy, so that the engine that decides is needed. */
  get #offersCompiled() {
    if (this.#policies) return this.#policies.some(({ compiled }) => compiled);
    return this.hasAttribute('policies') || /\.placetc$/i.test(this.getAttribute('policy') ?? '');
  }

  /** The address in an attribute. @param {string} attribute */
  #addressOf(attribute) {
    const address = this.getAttribute(attribute);
    return address ? new URL(address, this.baseURI) : undefined;
  }

  /** The policy to begin with: the only one, or the one that an attribute names by its file or its id. */
  get #firstEntry() {
    const { catalogue, outlines } = this.#session;
    if (catalogue.length === 1) return catalogue[0];
    const named = this.hasAttribute('policies') && this.getAttribute('policy');
    return catalogue.find((one) => named && (one.policy === named || (one.card ?? outlines.get(one))?.id === named));
  }

  /** Goes to the first page that needs the official. @param {boolean} dossiers whether to open the given dossiers */
  #showFirstPage(dossiers) {
    const session = this.#session;
    const focus = this.#viewRoot.hasFocus;
    const work = async () => {
      const restored = this.#restoredState;
      this.#restoredState = '';
      try {
        if (restored && (await session.restore(restored))) return;
      } catch (error) {
        // Its policy could not be fetched: keep the state until it can.
        if (!session.policy) this.#restoredState = restored;
        throw error;
      }
      const entry = this.#firstEntry;
      if (!entry || !(await session.choosePolicy(entry)) || !dossiers || !this.dossiers.length) return;
      if ((await session.openFiles(this.dossiers)) && (this.asOf || session.about?.as_of)) session.chooseScope(this.#scope());
    };
    this.#attempt(work, focus, () => (session.caseFile ? this.#attempt(() => {}) : this.#showFirstPage(dossiers)));
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

  /**
   * Does something and renders the page it leads to. If files must be fetched for it, the present page stays until then.
   * @param {() => unknown} work @param {boolean} [focus] @param {() => void} [again] repeats it after an error
   */
  #attempt(work, focus = true, again) {
    const attempt = ++this.#attempts;
    const current = () => attempt === this.#attempts && this.isConnected;
    const fail = (/** @type {unknown} */ error) => current() && this.#showError(error, again);
    try {
      const done = work();
      if (done instanceof Promise) done.then(() => current() && this.#render(focus), fail);
      else this.#render(focus);
    } catch (error) {
      fail(error);
    }
  }

  /** The language of the surrounding document part. */
  get #language() {
    /** @type {Element | null} */
    let node = this;
    while (node) {
      const language = node.closest('[lang]')?.getAttribute('lang');
      if (language) return language;
      /** @type {Node} */
      const root = node.getRootNode();
      node = root instanceof ShadowRoot ? root.host : null;
    }
    return 'en';
  }

  #words() {
    return createWords(this.#language, this.#session.policy?.outline.translations);
  }

  /** Renders the page again in the current language. */
  async #updateLanguage() {
    await loadLanguage(this.#language);
    if (this.#ready && this.isConnected) this.#viewRoot.rerender(() => this.#render());
  }

  /** @returns {Context} */
  #context() {
    return contextOf(this.#session, this, this.#words(), {
      announce: (text) => this.#viewRoot.announce(text),
      act: (work) => this.#attempt(work),
      load: async (part, work) => {
        try {
          await work();
        } catch (error) {
          if (part.isConnected) this.#showError(error);
        }
      },
      emit: (name, detail) => this.#emit(name, detail),
    });
  }

  /** Renders the page of the current step. */
  #render(focus = false) {
    const session = this.#session;
    const context = this.#context();
    this.#viewRoot.clearAnnouncement();
    let page;
    let asks;
    try {
      page = VIEWS[session.step](context);
      asks = session.step === 'result' && session.interview.next;
    } catch (error) {
      this.#showError(error);
      return;
    }
    this.#showsError = false;
    const { back } = session;
    const notice = session.recovered ? context.words.t('error-recovered') : null;
    session.recovered = false;
    this.#viewRoot.show(context, page, {
      back: back && (() => this.#attempt(back)),
      questions: asks ? () => this.#attempt(() => session.go('question')) : null,
      clear: session.caseFile && (() => this.clear()),
      notice,
    });
    if (notice) this.#viewRoot.announce(notice);
    if (focus) this.#viewRoot.focus();
    this.#settle();
    this.#addToHistory();
    if (session.step === 'question') this.#emit('placet-question', { question: session.question });
    else if (this.#decided) this.#emit('placet-decision', { decision: this.decision });
  }

  /** Adds the page to the browser's history, if the element may use it. */
  #addToHistory() {
    const session = this.#session;
    if (!this.hasAttribute('history') || !this.#ready) return;
    // Record the question itself: the most influential one can be different when the official returns.
    const asking = session.step === 'question' ? session.question : null;
    this.#history.note({ ...session.place, asking }, [session.entry?.policy, session.step, session.subject, asking && keyOf(asking)].join('\n'));
  }

  /**
   * Shows an error. The answers are kept.
   * @param {unknown} error @param {() => void} [repeat] repeats what failed; by default, the page is rendered again
   */
  #showError(error, repeat) {
    const session = this.#session;
    this.#showsError = true;
    this.#viewRoot.clearAnnouncement();
    const { t } = this.#words();
    // Anything can be thrown.
    const { code = '', message = error } = /** @type {Partial<PlacetError>} */ (error ?? {});
    const kind = ['blocked', 'crashed', 'mistakes'].includes(code) ? code : 'other';
    const render = () => this.#attempt(() => {});
    // Files with errors are not opened again if the official can choose others.
    const again = button(t('error-again'), kind === 'mistakes' && this.#ready && session.policy ? render : (repeat ?? render));
    const day = session.asOf ?? session.about?.as_of;
    // The host can set any day, including one on which the policy is not in force.
    const wrongDay = this.#ready && day && session.policy && outside(this.#words(), session.policy.outline.in_force, day);
    if (wrongDay) {
      const choose = button(t('error-day-choose'), () => this.#attempt(() => session.go('scope')));
      return this.#renderError(error, t('error-day-title'), wrongDay, h('div', { class: 'buttons' }, choose));
    }
    const detail = kind === 'mistakes' ? renderFindings(this.#context(), error, [...session.tried, ...session.texts], { level: 2 })
      : kind === 'other' ? h('bdi', { lang: 'en', dir: 'ltr' }, String(message)) : null;
    this.#renderError(error, t(`error-${kind}-title`), t(`error-${kind}-text`), detail, h('div', { class: 'buttons' }, again));
  }

  /** @param {unknown} error @param {Parameters<typeof renderError>} texts */
  #renderError(error, ...texts) {
    const session = this.#session;
    const page = renderError(...texts);
    const { back } = session;
    this.#viewRoot.show(this.#context(), page, { back: this.#ready && back ? () => this.#attempt(back) : null, clear: session.caseFile && (() => this.clear()) });
    if (this.#ready) this.#viewRoot.focus();
    this.#settle();
    this.#emit('placet-error', { error });
  }

  /** Updates the value and the validity in the surrounding form. */
  #settle() {
    const { value } = this;
    const missing = this.required && !value ? this.#words().t('frame-required') : '';
    settle(this, value, this.#session.state, missing, this.#viewRoot.heading);
    // Without a form, answers would be lost on leaving the page; a form submits and restores them.
    const lost = this.isConnected && !this.form && [...this.#session.given.values()].some((answers) => answers.length);
    (lost ? addEventListener : removeEventListener)('beforeunload', this.#warn);
  }
}

const elements = globalThis.customElements;
if (elements && !elements.get('placet-eligibility')) elements.define('placet-eligibility', PlacetEligibility);
