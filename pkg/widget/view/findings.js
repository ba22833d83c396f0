/** The errors in a file: each with its place, its line, and how to correct it. */

import { h } from '../dom.js';
import { shown } from '../shown.js';

/** @import { Finding, InputFile, PlacetError } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Words } from '../words.js' */

/**
 * Finds a file that is not a dossier, to report that before the engine's findings; null if there is none.
 * @param {InputFile[]} files
 */
export function strangeFile(files) {
  const strange = files.filter((file) => !isDossier(file));
  // A vocabulary that the dossiers use can be given with them.
  const found = strange.length === files.length ? strange[0] : strange.find(({ name }) => !/\.placet$/i.test(name));
  if (!found) return null;
  return { name: found.name, decision: found.text.includes('"placet-decision/') };
}

/** @param {InputFile} file */
function isDossier({ name, text }) {
  if (/\.csv$/i.test(name)) return /^\W*id\W/.test(text) || /^[^\n]*\Wid\W/.test(text);
  if (/^\s*[[{]/.test(text)) return /"id"\s*:/.test(text) && !text.includes('"placet-decision/');
  return /^\s*dossier\s/m.test(text);
}

/**
 * @param {Context} context @param {unknown} error @param {InputFile[]} files
 * @param {{level?: number, own?: boolean, first?: string}} [how] `level` of the heading; `own`: whether the files are
 *   the official's, who can correct them; `first` is shown instead of the findings, which are folded then
 * @returns {HTMLElement}
 */
export function renderFindings({ words }, error, files, { level = 3, own, first } = {}) {
  // Anything can be thrown.
  const { findings = [], message = error } = /** @type {Partial<PlacetError>} */ (error ?? {});
  const mistakes = h('ol', { class: 'findings' }, findings.map((finding) => renderFinding(words, finding, files)));
  return h(
    'div',
    { class: 'summary', part: 'mistakes', tabindex: -1, role: 'group', 'aria-label': words.t('error-findings-title') },
    h(`h${level}`, null, words.t('error-findings-title')),
    first ? h('p', null, first) : findings.length ? h('p', null, words.t('error-findings-text', { count: findings.length }), ' ', words.t(`error-findings-${own ? 'own' : 'page'}`)) : h('p', { lang: 'en', dir: 'ltr' }, shown(String(message))),
    first ? findings.length > 0 && h('details', null, h('summary', null, words.t('error-findings-more')), mistakes) : mistakes,
  );
}

/** @param {Words} words @param {Finding} finding @param {InputFile[]} files */
function renderFinding(words, { message, place, label, help }, files) {
  // The engine can have placed the file in a folder beside the files that it uses.
  const file = files.find(({ name }) => place && `/${place.file}`.endsWith(`/${name}`));
  const line = file?.text.split(/\r?\n/)[place.line - 1];
  const from = (place?.column ?? 1) - 1;
  const letters = [...(line ?? '')];
  const until = place?.end_line === place?.line ? place?.end_column - 1 : letters.length;
  const part = (/** @type {number} */ start, end = letters.length) => shown(letters.slice(start, end).join(''));
  return h(
    'li',
    null,
    place && h('p', { class: 'hint' }, words.t('error-findings-place', { file: place.file.replace(/^.*\//, ''), line: place.line, column: place.column })),
    h('p', { lang: 'en', dir: 'ltr' }, h('strong', null, shown(message))),
    line !== undefined && h('pre', { lang: 'en', dir: 'ltr' }, part(0, from), h('mark', null, part(from, until) || ' '), part(until)),
    label && h('p', { lang: 'en', dir: 'ltr' }, shown(label)),
    help && h('p', { lang: 'en', dir: 'ltr' }, shown(help)),
  );
}
