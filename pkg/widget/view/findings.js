/** What is wrong in a file: each mistake with its place, the line it is in, and what would mend it. */

import { h } from '../dom.js';

/** @typedef {import('../session.js').Context} Context @typedef {import('../session.js').InputFile} InputFile */

/** @param {Context} context @param {any} error @param {InputFile[]} files @param {number} [level] of the heading @returns {HTMLElement} */
export function renderFindings({ words }, error, files, level = 3) {
  const findings = error?.findings ?? [];
  return h(
    'div',
    { class: 'summary', part: 'mistakes', tabindex: -1, role: 'group', 'aria-label': words.t('error-findings-title') },
    h(`h${level}`, null, words.t('error-findings-title')),
    findings.length ? h('p', null, words.t('error-findings-text', { count: findings.length })) : h('p', { lang: 'en', dir: 'ltr' }, String(error?.message ?? error)),
    h('ol', { class: 'findings' }, findings.map((/** @type {any} */ finding) => renderFinding(words, finding, files))),
  );
}

/** @param {Context['words']} words @param {any} finding @param {InputFile[]} files */
function renderFinding(words, { message, place, label, help }, files) {
  // The engine may have moved a file to where the files that it uses are.
  const file = files.find(({ name }) => place && `/${place.file}`.endsWith(`/${name}`));
  const line = file?.text.split(/\r?\n/)[place.line - 1];
  const from = (place?.column ?? 1) - 1;
  const letters = [...(line ?? '')];
  const until = place?.end_line === place?.line ? place?.end_column - 1 : letters.length;
  return h(
    'li',
    null,
    place && h('p', { class: 'hint' }, words.t('error-findings-place', { file: place.file.replace(/^.*\//, ''), line: place.line, column: place.column })),
    h('p', { lang: 'en', dir: 'ltr' }, h('strong', null, message)),
    line !== undefined && h('pre', { lang: 'en', dir: 'ltr' }, letters.slice(0, from).join(''), h('mark', null, letters.slice(from, until).join('') || ' '), letters.slice(until).join('')),
    label && h('p', { lang: 'en', dir: 'ltr' }, label),
    help && h('p', { lang: 'en', dir: 'ltr' }, help),
  );
}
