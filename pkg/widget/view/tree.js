/** The tree of the decision: every rule with its status, and its conditions with what is known. */

import { h, policyText } from '../dom.js';
import { cited, ownWords } from './evidence.js';
import { checkbox } from './fields.js';
import { button } from './frame.js';
import { fold, part, referred, ruleOf, sentence, tests } from './page.js';
import { ruleBadge } from './verdict.js';

/** @import { Condition, RuleOutcome, Verdict } from '../types.js' */
/** @import { Words } from '../words.js' */
/** @import { Page } from './page.js' */

/** The statuses of rules that decide, by verdict. @type {Record<Verdict['verdict'], RuleOutcome['status'][]>} */
const DECIDING = { eligible: ['met', 'lifted'], ineligible: ['failed'], undetermined: ['open', 'failed'] };

/** @param {Page} page */
export function tree(page) {
  const { words, verdict } = page;
  const rules = verdict.rules.map((outcome) => {
    const details = item(page, outcome);
    return { ...outcome, details, element: h('li', null, details) };
  });
  const output = h('output', { class: 'note' });
  const only = checkbox(words.t('result-tree-only'), true, { onchange: filter });
  function filter() {
    let shown = 0;
    for (const { id, status, element } of rules) {
      element.hidden = only.input.checked && !DECIDING[verdict.verdict].includes(status) && !verdict.together?.includes(id);
      if (!element.hidden) shown += 1;
    }
    output.textContent = words.t('result-tree-shown', { shown, all: rules.length });
  }
  filter();
  const setAll = (/** @type {boolean} */ open) => () => rules.forEach(({ details }) => { details.open = open; });
  return part(page, 'result-tree',
    h('div', { class: 'tools' },
      only.element,
      button(words.t('result-tree-open'), setAll(true), 'link'),
      button(words.t('result-tree-close'), setAll(false), 'link')),
    output,
    h('ul', { class: 'tree' }, rules.map(({ element }) => element)),
    drawing(page));
}

/** @param {Page} page @param {RuleOutcome} outcome */
function item(page, { id: rule, status, lifted_by: lifted }) {
  const { words, outline, subject } = page;
  const declared = ruleOf(page, rule);
  const { tree: root } = referred(subject.rules, 'id', rule);
  return h('details', null,
    h('summary', null, h('span', { class: 'ruled' }, policyText(words, declared.title, 'span'), ' ', ruleBadge(words, declared.kind, status))),
    lifted.map((id) => {
      const waiver = referred(outline.waivers, 'id', id);
      const by = waiver.granted_by && words.policyText(waiver.granted_by).text;
      return h('p', { class: 'note' }, words.t(by ? 'result-lifted-granted' : 'result-lifted', { waiver: words.policyText(waiver.title).text, by }));
    }),
    root.children && h('ul', { class: 'nodes' }, root.children.map((node) => branch(page, node))),
    cited(page, declared.citations),
    ownWords(page, declared));
}

/** A condition and its parts. @param {Page} page @param {Condition} node @returns {HTMLElement} */
function branch(page, node) {
  const { words } = page;
  const { text, truth, status, known, children } = node;
  const fact = status && page.subject.facts.find((one) => tests(page, text, one));
  return h('li', null,
    h('span', { class: `truth truth-${truth}` }, words.t(truth === 'open' ? 'result-open' : `question-${truth}`)), ' ',
    connective(words, text) ?? sentence(page, text, fact),
    status && note(page, status, known),
    children && h('ul', { class: 'nodes' }, children.map((child) => branch(page, child))));
}

/**
 * Translates the words that join conditions, which the engine writes in English: `needs`, `at least 2 of`.
 * @param {Words} words @param {string} text
 */
function connective(words, text) {
  const [, least, most] = /^(?:at least|at most|exactly|between) (\d+)(?: and (\d+))? of$/.exec(text) ?? [];
  const name = text.replace(/ \d+| and \d+/g, '').replaceAll(' ', '-');
  const known = least || /^(when|needs|unless|begins-when|begins-early-when|every-earlier-phase-is-reached|all-of|any-of|none-of)$/.test(name);
  return known ? h('em', null, words.t(`result-node-${name}`, { count: Number(least), most: Number(most) })) : null;
}

/**
 * How well a fact is known, and its value; null for a plain yes or no, which is shown anyway.
 * @param {Page} page @param {string} status @param {string} [known]
 */
function note({ words }, status, known = '') {
  if (status === 'known' && /^(yes|no)$/.test(known)) return null;
  const how = status === 'known' ? '' : words.t(`result-status-${status.replaceAll(' ', '-')}`);
  const what = known && !/^(yes|no|unknown|contested)$|, presumed$/.test(known) && policyText(words, known);
  return h('span', { class: 'note' }, ' (', what, what && how && words.t('result-comma'), how, ')');
}

/**
 * The engine's drawing, made when it is unfolded. Its style sheet is adopted, since a page can forbid inline styles.
 * @param {Page} page
 */
function drawing(page) {
  const { context, words } = page;
  const box = h('div', { class: 'drawing', tabindex: 0, role: 'group', 'aria-label': words.t('result-drawing'), dir: 'ltr', lang: 'en' });
  const details = fold(words.t('result-drawing'), h('p', { class: 'note' }, words.t('result-drawing-legend')), box);
  details.className = 'drawn';
  const draw = async () => {
    if (box.shadowRoot || !details.open) return;
    const { session, ask } = context;
    const caseFile = await session.authorCase();
    // It can have been folded and unfolded again meanwhile.
    if (box.shadowRoot) return;
    const text = session.attempt(() => caseFile.graph({ ...ask, assistance: [page.verdict.assistance] }));
    const [, rules] = /<style>([^<]*)<\/style>/.exec(text) ?? [];
    const svg = new DOMParser().parseFromString(text.replace(/<style>[^<]*<\/style>/, ''), 'image/svg+xml').documentElement;
    const root = box.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules ?? '');
    root.adoptedStyleSheets = [sheet];
    root.append(document.importNode(svg, true));
  };
  details.addEventListener('toggle', () => context.load(box, draw));
  return details;
}
