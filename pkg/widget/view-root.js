/** The shadow tree of an element: shows one frame at a time and announces texts to screen readers. */

import { h } from './dom.js';
import { renderFrame } from './view/frame.js';
import base from './style/base.css';
import start from './style/start.css';
import question from './style/question.css';
import result from './style/result.css';
import print from './style/print.css';

/** @import { Context } from './context.js' */

/** The style sheets, shared by all elements on a page. @type {CSSStyleSheet[] | undefined} */
let sheets;

function sharedSheets() {
  sheets ??= [base, start, question, result, print].map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  return sheets;
}

export class ViewRoot {
  #host;
  #root;
  #frame = h('div');
  #status = h('div', { role: 'status', class: 'unseen' });
  #timer = 0;
  /** The details that were opened for printing. @type {HTMLDetailsElement[]} */
  #unfolded = [];
  #listening = new AbortController();

  /** @param {HTMLElement} host */
  constructor(host) {
    this.#host = host;
    this.#root = host.attachShadow({ mode: 'open' });
    this.#root.adoptedStyleSheets = sharedSheets();
    this.#root.append(this.#frame, this.#status);
  }

  /** Whether an element in the shadow tree has the focus. */
  get hasFocus() {
    return this.#root.activeElement !== null;
  }

  /** The heading of the current page. @returns {HTMLElement | null} */
  get heading() {
    return this.#root.querySelector('h1');
  }

  set inert(/** @type {boolean} */ inert) {
    this.#frame.inert = inert;
  }

  /**
   * @param {Context} context @param {Element} page
   * @param {Parameters<typeof renderFrame>[2]} around the buttons and the notice of the frame
   */
  show(context, page, around) {
    const frame = renderFrame(context, page, around);
    frame.inert = this.#host.matches(':disabled');
    this.#frame.replaceWith(frame);
    this.#frame = frame;
  }

  /** Renders the same page in another language and restores what was entered. @param {() => void} show */
  rerender(show) {
    const fields = () => /** @type {NodeListOf<HTMLInputElement>} */ (this.#frame.querySelectorAll('input:not([type=file]), select'));
    const kept = [...fields()].map(({ checked, value }) => ({ checked, value }));
    show();
    for (const [at, { checked, value }] of kept.entries()) {
      // Restoring a choice can reveal more fields.
      const field = fields()[at];
      if (!field || (field.checked === checked && field.value === value)) continue;
      Object.assign(field, field.matches('[type=radio], [type=checkbox]') ? { checked } : { value });
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }

  /**
   * Opens folded parts for printing. One pair of listeners serves all frames, so that no old frame is kept in memory.
   */
  listen() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    addEventListener('beforeprint', () => this.#unfold(), { signal });
    addEventListener('afterprint', () => this.#fold(), { signal });
  }

  /** Removes the print listeners. */
  stopListening() {
    this.#listening.abort();
    this.#fold();
  }

  /** Opens all folded parts of a result, except the output section and rules hidden because they do not decide. */
  #unfold() {
    if (!this.#frame.querySelector('.keep')) return;
    this.#unfolded = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (this.#frame.querySelectorAll('details:not([open])'))].filter((one) => !one.closest('.keep, [hidden]'));
    for (const one of this.#unfolded) one.open = true;
  }

  #fold() {
    for (const one of this.#unfolded) one.open = false;
    this.#unfolded = [];
  }

  /** Scrolls to the beginning of the page and focuses it. */
  focus() {
    if (this.#host.getBoundingClientRect().top < 0) this.#host.scrollIntoView();
    this.#host.focus({ preventScroll: true });
  }

  /** @param {string} text */
  announce(text) {
    this.clearAnnouncement();
    // Set after a delay, so that the same text is announced again.
    this.#timer = setTimeout(() => (this.#status.textContent = text), 50);
  }

  /** Drops announcements of the previous page. */
  clearAnnouncement() {
    clearTimeout(this.#timer);
    this.#status.textContent = '';
  }
}
