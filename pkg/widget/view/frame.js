/** The frame of every page: caption, Back, mistakes on the page, and "Clear everything". */

import { dossierTitle, h, id, policyText } from '../dom.js';

/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { Words } from '../words.js' */
/**
 * A field with an invalid value, other fields that are part of it, and the message.
 * @typedef {{text: string, field: HTMLInputElement | HTMLSelectElement | HTMLButtonElement, with?: HTMLElement[]}} Mistake
 */

/** The heading of a page; it gets the focus when the page is shown. @param {...Child} children */
export const heading = (...children) => h('h1', { tabindex: -1, part: 'heading' }, children);

/** The button that submits the page. @param {Child} label */
export const onward = (label) => h('button', { class: 'primary', part: 'button primary' }, label);

/**
 * Another button.
 * @param {Child} label @param {() => void} onclick @param {string} [kind]
 * @param {string | null} [name] an accessible name, if the label alone is not clear
 */
export const button = (label, onclick, kind = 'secondary', name = null) => h('button', { type: 'button', class: kind, part: `button ${kind}`, 'aria-label': name, onclick }, label);

/**
 * A page that is submitted with one button.
 * @template T
 * @param {Context} context
 * @param {(mistakes: Mistake[]) => T} read adds mistakes, or returns the values
 * @param {(values: T) => void} send
 * @param {...Child} children
 */
export function form(context, read, send, ...children) {
  const element = h(
    'form',
    {
      novalidate: true,
      autocomplete: 'off',
      onsubmit(event) {
        event.preventDefault();
        /** @type {Mistake[]} */
        const mistakes = [];
        const values = read(mistakes);
        showMistakes(context, element, mistakes);
        if (!mistakes.length) send(values);
      },
    },
    children,
  );
  return element;
}

/**
 * Shows all mistakes, above the page and at each field.
 * @param {Context} context @param {HTMLElement} page @param {Mistake[]} mistakes
 */
function showMistakes({ words }, page, mistakes) {
  for (const old of page.querySelectorAll('.mistake, .summary')) old.remove();
  for (const field of /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll('[aria-invalid]'))) {
    field.removeAttribute('aria-invalid');
    describe(field, field.dataset.hint);
  }
  if (!mistakes.length) return;
  for (const { text, field, with: others = [] } of mistakes) {
    const message = h('p', { class: 'mistake', id: id('mistake') }, h('span', { class: 'unseen' }, words.t('frame-mistake')), ' ', text);
    const group = /^(radio|checkbox)$/.test(field.type) ? '.options, .types' : '.date';
    (field.closest(group) ?? field).before(message);
    for (const one of new Set([field, ...others])) {
      one.setAttribute('aria-invalid', 'true');
      one.dataset.hint ??= one.getAttribute('aria-describedby') ?? '';
      describe(one, `${one.dataset.hint} ${message.id}`.trim());
    }
  }
  const items = mistakes.map(({ text, field }) => h('li', null, button(text, () => field.focus(), 'link')));
  const summary = h('div', { class: 'summary', part: 'mistakes', role: 'alert', tabindex: -1 }, h('h2', null, words.t('frame-mistakes')), h('ul', null, items));
  page.prepend(summary);
  summary.focus();
}

/** @param {Element} field @param {string} [ids] */
function describe(field, ids) {
  if (ids) field.setAttribute('aria-describedby', ids);
  else field.removeAttribute('aria-describedby');
}

/**
 * A control with label and hint.
 * @param {Child} label @param {HTMLElement} control @param {Child} [hint] @param {Child} [after]
 */
export function labelled(label, control, hint, after) {
  control.id ||= id('field');
  const hinted = hint ? h('p', { class: 'hint', id: id('hint') }, hint) : null;
  if (hinted) control.setAttribute('aria-describedby', hinted.id);
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), hinted, control, after);
}

/**
 * The confirmation before everything is cleared; "keep" gets the focus.
 * @param {Words} words @param {() => void} clear
 */
function confirmClear(words, clear) {
  const title = id('clear');
  const answer = (/** @type {string} */ value) => () => dialog.close(value);
  const dialog = h(
    'dialog',
    { 'aria-labelledby': title, part: 'dialog', onclose() { if (dialog.returnValue === 'clear') clear(); } },
    h('h2', { id: title }, words.t('frame-clear-title')),
    h('p', null, words.t('frame-clear-text')),
    h('div', { class: 'buttons' }, button(words.t('frame-keep'), answer('keep')), button(words.t('frame-clear'), answer('clear'), 'danger')),
  );
  return dialog;
}

/**
 * Renders the frame around a page.
 * @param {Context} context
 * @param {Element} page
 * @param {{back?: (() => void) | null, questions?: (() => void) | null, clear?: (() => void) | null, notice?: string | null}} around
 */
export function renderFrame(context, page, { back, questions, clear, notice }) {
  const { words, session } = context;
  const { policy } = session;
  const dialog = clear && confirmClear(words, clear);
  const several = session.step === 'scope' && session.subjects.length > 1;
  const name = !['case', 'matrix'].includes(session.step) && session.about?.title;
  const who = several ? words.t('frame-dossiers', { count: session.subjects.length }) : name && dossierTitle(context, name);
  const title = policy && session.step !== 'policy' ? policyText(words, policy.outline.title) : null;
  return h(
    'div',
    { class: 'frame', part: 'frame', lang: words.language, dir: words.dir },
    h('slot', { name: 'heading' }),
    back && button(words.t('frame-back'), back, 'back'),
    title && h('p', { class: 'caption', part: 'caption' }, who && [h('span', null, who, '\u00a0·'), ' '], title),
    questions && button(words.t('frame-questions'), questions, 'link'),
    // Tell the reader that untranslated texts of the policy are shown in English.
    words.language !== 'en' && page.querySelector('[lang="en"]:not(pre, textarea, .drawing)') && h('p', { class: 'hint' }, words.t('frame-in-english')),
    notice && h('p', { class: 'notice', part: 'notice' }, notice),
    page,
    h('footer', { class: dialog && 'foot', part: 'footer' }, dialog && [button(words.t('frame-clear'), () => dialog.showModal(), 'link'), dialog], h('slot', { name: 'footer' })),
  );
}

/** A page that only shows an error. @param {string} title @param {string} text @param {...Child} more */
export const renderError = (title, text, ...more) => h('div', { class: 'page', part: 'trouble' }, heading(title), h('p', null, text), more);
