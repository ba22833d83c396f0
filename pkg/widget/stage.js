/** The shadow tree of an element: one frame after the other, and what is said of them to screen readers. */

import { h } from './dom.js';
import { renderFrame } from './view/frame.js';
import base from './style/base.css';
import start from './style/start.css';
import question from './style/question.css';
import result from './style/result.css';
import print from './style/print.css';

/** The style sheets, which all elements on a page share. @type {CSSStyleSheet[] | undefined} */
let sheets;

function sharedSheets() {
  sheets ??= [base, start, question, result, print].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

export class Stage {
  #host;
  #root;
  #frame = h('div');
  #status = h('div', { role: 'status', class: 'unseen' });
  #saying = 0;
  /** What the frame unfolded for paper. @type {HTMLDetailsElement[]} */
  #unfolded = [];
  #listening = new AbortController();

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
    this.#root = host.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = sharedSheets();
    this.#root.append(this.#frame, this.#status);
  }

  /** Whether something in it has the focus. */
  get hasFocus() {
    return this.#root.activeElement !== null;
  }

  /** The heading of the page that is shown. @returns {HTMLElement | null} */
  get heading() {
    return this.#root.querySelector('h1');
  }

  set inert(/** @type {boolean} */ inert) {
    this.#frame.inert = inert;
  }

  /** @param {import('./context.js').Context} context @param {Element} page @param {any} around what stands around it */
  show(context, page, around) {
    const frame = renderFrame(context, page, around);
    frame.inert = this.#host.matches(':disabled');
    this.#frame.replaceWith(frame);
    this.#frame = frame;
  }

  /** Shows the same page in other words: what was typed and chosen stays. @param {() => void} show */
  again(show) {
    const fields = () => /** @type {NodeListOf<HTMLInputElement>} */ (this.#frame.querySelectorAll('input:not([type=file]), select'));
    const kept = [...fields()].map(({ checked, value }) => ({ checked, value }));
    show();
    for (const [at, { checked, value }] of kept.entries()) {
      // What is chosen may lay out more fields.
      const field = fields()[at];
      if (!field || (field.checked === checked && field.value === value)) continue;
      Object.assign(field, field.matches('[type=radio], [type=checkbox]') ? { checked } : { value });
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  /** Unfolds what can be taken along whenever it is printed. One pair of listeners serves every frame, so that none is held by them. */
  listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener('beforeprint', () => this.#unfold(), { signal });
    addEventListener('afterprint', () => this.#fold(), { signal });
  }

  /** Hears of no printing any more. */
  deafen() {
    this.#listening.abort();
    this.#fold();
  }

  /** A rule that does not decide keeps to its line. */
  #unfold() {
    if (!this.#frame.querySelector('.keep')) return;
    this.#unfolded = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (this.#frame.querySelectorAll('details:not([open])'))].filter((one) => !one.closest('.keep, [hidden]'));
    for (const one of this.#unfolded) one.open = true;
  }

  #fold() {
    for (const one of this.#unfolded) one.open = false;
    this.#unfolded = [];
  }

  /** Begins the page anew for whoever reads it. */
  focus() {
    if (this.#host.getBoundingClientRect().top < 0) this.#host.scrollIntoView();
    this.#host.focus({ preventScroll: true });
  }

  /** @param {string} text */
  announce(text) {
    this.hush();
    // Said again even where it is the same text as before.
    this.#saying = setTimeout(() => (this.#status.textContent = text), 50);
  }

  /** What was said of one page is not said of the next. */
  hush() {
    clearTimeout(this.#saying);
    this.#status.textContent = '';
  }
}
