/** What every page has around it: where the official is, the way back, the mistakes on the page, and "Clear everything". */

import { called, h, id, policyText } from '../dom.js';

/** @typedef {import('../context.js').Context} Context @typedef {import('../dom.js').Child} Child */
/** @typedef {{text: string, field: HTMLElement, with?: HTMLElement[]}} Mistake a field that cannot be taken as it is, others that are wrong along with it, and why */

/** The heading of a page, which takes the focus when the page is shown. @param {...Child} children */
export const heading = (...children) => h('h1', { tabindex: -1, part: 'heading' }, children);

/** The button that goes on. @param {Child} label */
export const onward = (label) => h('button', { class: 'primary', part: 'button primary' }, label);

/** Another button. @param {Child} label @param {() => void} onclick @param {string} [kind] @param {string | null} [name] in place of the label, where that does not say enough by itself */
export const button = (label, onclick, kind = 'secondary', name = null) => h('button', { type: 'button', class: kind, part: `button ${kind}`, 'aria-label': name, onclick }, label);

/**
 * A page that is sent with one button.
 * @param {Context} context
 * @param {(mistakes: Mistake[]) => any} read fills in what is wrong, or returns what was said
 * @param {(said: any) => void} send
 * @param {...Child} children
 */
export function form(context, read, send, ...children) {
  const element = h(
    'form',
    {
      novalidate: true,
      autocomplete: 'off',
      onsubmit(/** @type {Event} */ event) {
        event.preventDefault();
        /** @type {Mistake[]} */
        const mistakes = [];
        const said = read(mistakes);
        tellMistakes(context, element, mistakes);
        if (!mistakes.length) send(said);
      },
    },
    children,
  );
  return element;
}

/** Tells all that is wrong on a page, above it and at each field. @param {Context} context @param {HTMLElement} page @param {Mistake[]} mistakes */
function tellMistakes({ words }, page, mistakes) {
  for (const old of page.querySelectorAll('.mistake, .summary')) old.remove();
  for (const field of page.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    describe(field, /** @type {HTMLElement} */ (field).dataset.hint);
  }
  if (!mistakes.length) return;
  for (const { text, field, with: others = [] } of mistakes) {
    const message = h('p', { class: 'mistake', id: id('mistake') }, h('span', { class: 'unseen' }, words.t('frame-mistake')), ' ', text);
    const group = /^(radio|checkbox)$/.test(/** @type {any} */ (field).type) ? '.options, .types' : '.date';
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

/** A label, a hint and a control. @param {Child} label @param {HTMLElement} control @param {Child} [hint] @param {Child} [after] */
export function labelled(label, control, hint, after) {
  control.id ||= id('field');
  const hinted = hint ? h('p', { class: 'hint', id: id('hint') }, hint) : null;
  if (hinted) control.setAttribute('aria-describedby', hinted.id);
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), hinted, control, after);
}

/** Asks whether really everything is to be forgotten; keeping it is what has the focus. @param {Words} words @param {() => void} clear @typedef {import('../session.js').Words} Words */
function confirmClear(words, clear) {
  const title = id('clear');
  const answer = (/** @type {string} */ said) => () => dialog.close(said);
  const dialog = h(
    'dialog',
    { 'aria-labelledby': title, part: 'dialog', onclose: () => dialog.returnValue === 'clear' && clear() },
    h('h2', { id: title }, words.t('frame-clear-title')),
    h('p', null, words.t('frame-clear-text')),
    h('div', { class: 'buttons' }, button(words.t('frame-keep'), answer('keep')), button(words.t('frame-clear'), answer('clear'), 'danger')),
  );
  return dialog;
}

/**
 * The frame, with the page in it.
 * @param {Context} context
 * @param {Element} page
 * @param {{back?: (() => void) | null, questions?: (() => void) | null, clear?: (() => void) | null, notice?: string | null}} around
 */
export function renderFrame(context, page, { back, questions, clear, notice }) {
  const { words, session, policy } = context;
  const dialog = clear && confirmClear(words, clear);
  const several = session.step === 'scope' && session.subjects.length > 1;
  const name = !['case', 'matrix'].includes(session.step) && session.about?.title;
  const who = several ? words.t('frame-dossiers', { count: session.subjects.length }) : name && called(context, name);
  const title = policy && session.step !== 'policy' ? policyText(words, policy.outline.title) : null;
  return h(
    'div',
    { class: 'frame', part: 'frame', lang: words.language, dir: words.dir },
    h('slot', { name: 'heading' }),
    back && button(words.t('frame-back'), back, 'back'),
    title && h('p', { class: 'caption', part: 'caption' }, who && [h('span', null, who, '\u00a0·'), ' '], title),
    questions && button(words.t('frame-questions'), questions, 'link'),
    // The words of a policy are English where it is not translated.
    words.language !== 'en' && page.querySelector('[lang="en"]:not(pre, textarea, .drawing)') && h('p', { class: 'hint' }, words.t('frame-in-english')),
    notice && h('p', { class: 'notice', part: 'notice' }, notice),
    page,
    h('footer', { class: dialog && 'foot', part: 'footer' }, dialog && [button(words.t('frame-clear'), () => dialog.showModal(), 'link'), dialog], h('slot', { name: 'footer' })),
  );
}

/** A page that says only that something does not work. @param {string} title @param {string} text @param {...Child} more */
export const renderTrouble = (title, text, ...more) => h('div', { class: 'page', part: 'trouble' }, heading(title), h('p', null, text), more);
