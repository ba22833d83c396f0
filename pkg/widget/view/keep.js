/** Saving and printing: the decision in three formats, and the dossier with the answers in two. */

import { h, id } from '../dom.js';
import { button, labelled } from './frame.js';
import { select } from './fields.js';
import { fold } from './page.js';

/** @import { Context } from '../context.js' */

/**
 * Formats by name: the file extension, the media type, and a function that returns the text.
 * @type {[string, string, string, (context: Context) => string | Promise<string>][]}
 */
const FORMATS = [
  ['json', '.decision.json', 'application/json', ({ session }) => session.text('json')],
  ['markdown', '.decision.md', 'text/markdown', ({ session }) => session.text('markdown')],
  ['csv', '.decision.csv', 'text/csv', ({ session }) => session.text('csv')],
  ['dossier', '.placet', 'text/plain', async ({ session, ask }) => {
    const caseFile = await session.authorCase();
    return session.attempt(() => caseFile.dossier(ask, 'placet'));
  }],
  ['dossier-json', '.dossier.json', 'application/json', ({ caseFile, ask }) => caseFile.dossier(ask, 'json')],
];

/**
 * @param {Context} context
 * @param {HTMLElement} page what is printed
 * @param {boolean} [all] whether to write the decision on all subjects
 */
export function keep(context, page, all) {
  const { words, session, policy } = context;
  const formats = FORMATS.slice(0, all ? 3 : 5);
  const choice = select(formats.map(([name]) => ({ value: name, label: words.t(`keep-${name}`) })), 'json', { onchange: () => { preview(); status.textContent = ''; } });
  const area = h('textarea', { readonly: true, rows: 12, id: id('text'), dir: 'ltr', lang: 'en', spellcheck: 'false', 'aria-label': words.t('keep-text') });
  const status = h('p', { class: 'note', role: 'status' });
  const format = () => /** @type {typeof FORMATS[0]} */ (formats.find(([name]) => name === choice.value));
  const text = async () => session.attempt(() => format()[3](context));
  const shown = fold(words.t('keep-text'), area);
  const load = (/** @type {() => Promise<void>} */ work) => () => context.load(area, work);
  const preview = load(async () => {
    if (!shown.open) return;
    const chosen = format();
    const value = await text();
    if (chosen === format()) area.value = value;
  });
  shown.addEventListener('toggle', preview);
  const save = load(async () => {
    const [, ending, type] = format();
    const name = (all ? policy.outline.id : session.subject) + ending;
    download(page, name, type, await text());
    status.textContent = words.t('keep-saved', { name });
  });
  const copy = load(async () => {
    const value = await text();
    try {
      await navigator.clipboard.writeText(value);
      status.textContent = words.t('keep-copied');
    } catch {
      // If the page cannot write to the clipboard, the text is shown and selected, to be copied by hand.
      shown.open = true;
      area.value = value;
      area.select();
      status.textContent = words.t('keep-copy-by-hand');
    }
  });
  const title = id('keep');
  return h('section', { class: 'keep', part: 'keep', 'aria-labelledby': title },
    h('h2', { id: title }, words.t('keep-title')),
    h('p', null, words.t('keep-nothing-stored')),
    h('div', { class: 'buttons' }, button(words.t('keep-print'), () => print())),
    labelled(words.t('keep-format'), choice, words.t(all ? 'keep-hint-all' : 'keep-hint')),
    h('div', { class: 'buttons' }, button(words.t('keep-save'), save), button(words.t('keep-copy'), copy)),
    status, shown);
}

/**
 * Saves a text as a file. Its object URL is revoked a second later.
 * @param {Element} near @param {string} name @param {string} type @param {string} text
 */
function download(near, name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = near.appendChild(h('a', { href, download: name, hidden: true }));
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), 1000);
}
