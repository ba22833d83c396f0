/** The verdicts on several subjects, with links to each result. */

import { dossierTitle, h, policyText } from '../dom.js';
import { choice } from './fields.js';
import { button, heading } from './frame.js';
import { keep } from './keep.js';
import { onScreen, phrase } from './page.js';
import { advised } from './record.js';
import { selectType } from './result.js';
import { tone, verdictBadge } from './verdict.js';

/** @import { Context } from '../context.js' */
/** @import { DecidedSubject } from '../types.js' */

const OUTCOMES = ['eligible', 'undetermined', 'ineligible'];

/** The number of columns that fit on a printed page. */
const PAPER = 7;

/** @param {Context} context @returns {Element} */
export function renderMatrix(context) {
  const { words, session, matrix } = context;
  const { subjects, policy, as_of: date } = matrix;
  const types = subjects[0].verdicts.map(({ assistance }) => assistance);
  const status = h('output', { class: 'note' });
  const rows = subjects.map((subject) => row(subject));
  // CSS display values on a narrow page would remove the table semantics: set the roles explicitly.
  const table = h('table', { role: 'table', class: types.length > PAPER ? 'matrix long' : 'matrix', part: 'matrix' },
    h('caption', { class: 'unseen' }, words.t('matrix-caption')),
    h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' },
      h('th', { role: 'columnheader', scope: 'col' }, words.t('matrix-subject')),
      types.map((type) => policyText(words, type, 'th', { role: 'columnheader', scope: 'col' })))),
    h('tbody', { role: 'rowgroup' }, rows));

  /** @param {DecidedSubject} subject */
  function row({ id, title, verdicts }) {
    const name = dossierTitle(context, title);
    return h('tr', { role: 'row' }, h('th', { role: 'rowheader', scope: 'row' }, name),
      verdicts.map(({ assistance, verdict }) => {
        const type = words.policyText(assistance).text;
        const enter = () => {
          selectType(session, assistance);
          context.enter(id);
        };
        return h('td', { role: 'cell', class: tone(verdict) }, button(
          [policyText(words, assistance, 'span', { class: 'type' }), verdictBadge(words, verdict)], enter, 'link cell',
          words.t('matrix-cell', { verdict: words.t(`result-${verdict}`), type, subject: title }),
        ));
      }));
  }

  /** @param {string} wanted */
  function filter(wanted) {
    let cells = 0;
    for (const element of rows) {
      const all = [...element.querySelectorAll('td')];
      const fitting = all.filter((cell) => wanted === 'all' || cell.classList.contains(tone(wanted)));
      for (const cell of all) {
        const hidden = !fitting.includes(cell);
        cell.querySelector('button')?.toggleAttribute('hidden', hidden);
        cell.classList.toggle('none', hidden);
      }
      element.hidden = !fitting.length;
      cells += fitting.length;
    }
    status.textContent = words.t('matrix-shown', { cells, rows: rows.filter((one) => !one.hidden).length });
  }

  const filters = choice(words.t('matrix-filter'), ['all', ...OUTCOMES].map((value) => ({
    label: words.t(value === 'all' ? 'matrix-all' : `result-${value}`), chosen: value === 'all', read: () => value,
  })), { wanted: '', inline: true });
  filters.element.addEventListener('change', () => filter(filters.read([])));
  filter('all');

  const page = h('div', { class: 'page wide', part: 'result' });
  page.append(
    heading(words.t('matrix-title')),
    h('p', null, phrase(words, 'matrix-under', { policy: policyText(words, policy.title), date: h('bdi', null, words.date(date)), subjects: subjects.length, types: types.length }), ' ', onScreen(words.t('matrix-choose'))),
    filters.element, status,
    advised(words, policy),
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words.t('matrix-caption') }, table),
    h('p', { class: 'printed note' }, policyText(words, policy.title), h('br'), h('code', null, policy.id), ' ', words.t('result-version', { version: policy.version }),
      h('br'), words.t('result-record-hash'), ' ', h('code', null, matrix.manifest.policy.sha256),
      h('br'), words.t('result-record-engine'), ' ', h('bdi', null, `Placet ${matrix.manifest.engine}`)),
    keep(context, page, true));
  return page;
}
