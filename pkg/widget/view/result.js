/** The result page: the verdict with its explanation, in the order in which a reader would ask. */

import { dossierTitle, h, policyText } from '../dom.js';
import { changes, conditions } from './changes.js';
import { concerns, concernsCounted } from './concerns.js';
import { button, heading } from './frame.js';
import { keep } from './keep.js';
import { missing } from './missing.js';
import { omitted, presumptions } from './omitted.js';
import { listed, onScreen, phrase } from './page.js';
import { advised, answers, notAsked, record, sources } from './record.js';
import { reasons } from './reasons.js';
import { tree } from './tree.js';
import { icon, tone, verdictBadge } from './verdict.js';

/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { Session } from '../session.js' */
/** @import { Verdict } from '../types.js' */
/** @import { Page } from './page.js' */

/**
 * The type of assistance that was shown last, so that it is shown again after a question.
 * @type {WeakMap<Session, string>}
 */
const selected = new WeakMap();

/**
 * Sets the type of assistance to show first.
 * @param {Session} session @param {string} assistance
 */
export const selectType = (session, assistance) => selected.set(session, assistance);

/** @param {Context} context @returns {Element} */
export function renderResult(context) {
  const { words, session, decision, policy } = context;
  const [subject] = decision.subjects;
  const verdicts = subject.verdicts;
  const last = selected.get(session);
  const first = verdicts.find(({ assistance }) => assistance === last) ?? verdicts[0];
  /** @type {Page['normalised']} */
  const normalised = new Map();
  /** @param {Verdict} verdict @param {number} level @returns {Page} */
  const pageOf = (verdict, level) => ({ context, words, outline: policy.outline, decision, subject, verdict, level, normalised });
  const page = h('div', { class: 'page result', part: 'result' }, paper(pageOf(first, 2)));
  if (verdicts.length === 1) {
    const only = pageOf(first, 2);
    const top = box(only, heading);
    page.append(top, ...parts(only), keep(context, page));
    context.announce(top.querySelector('p')?.textContent ?? '');
    return page;
  }
  const shown = h('div', { class: 'shown' });
  const buttons = new Map(verdicts.map((verdict) =>
    [verdict, button(policyText(words, verdict.assistance), () => show([verdict], true), 'secondary chip')]));
  /** @param {Verdict[]} these @param {boolean} [byHand] */
  function show(these, byHand) {
    const titled = these.map((verdict) => {
      const one = pageOf(verdict, 3);
      const title = (/** @type {Child[]} */ ...children) => h('h2', { tabindex: -1 }, children);
      return h('section', { class: 'one' }, box(one, title), alike(one), parts(one));
    });
    const others = these.length < differing(verdicts).length;
    shown.replaceChildren(...(others ? [only(context, these[0])] : []), ...titled);
    for (const [verdict, element] of buttons) element.setAttribute('aria-pressed', String(these.includes(verdict)));
    all.setAttribute('aria-pressed', String(these.length > 1));
    if (!byHand) return;
    if (these.length === 1) selectType(session, these[0].assistance);
    const title = shown.querySelector('h2');
    title?.focus();
    title?.scrollIntoView({ block: 'nearest' });
  }
  const all = button(words.t('result-show-all'), () => show(differing(verdicts), true));
  page.append(
    heading(words.t('result-verdicts')),
    h('p', null, phrase(words, 'result-verdicts-on', {
      policy: policyText(words, decision.policy.title), date: h('bdi', null, words.date(decision.as_of)), subject: dossierTitle(context, subject.title),
    }), ' ', onScreen(words.t('result-choose-type'))),
    summary(context, verdicts, (verdict) => buttons.get(verdict)),
    h('div', { class: 'tools' }, differing(verdicts).length > 1 && all), shown, keep(context, page));
  show([first]);
  return page;
}

/**
 * The types of assistance grouped by verdict, each as a button.
 * @param {Context} context @param {Verdict[]} verdicts @param {(verdict: Verdict) => Child} choice
 */
function summary({ words }, verdicts, choice) {
  return h('div', { class: 'outcomes' }, ['eligible', 'undetermined', 'ineligible'].map((outcome) => {
    const these = verdicts.filter(({ verdict }) => verdict === outcome);
    return these.length > 0 && h('div', { class: `outcome ${tone(outcome)}` },
      h('h2', null, verdictBadge(words, outcome), h('span', { class: 'count' }, ` ${words.number(these.length)}`)),
      h('ul', { class: 'chips' }, these.map((verdict) => h('li', null, choice(verdict)))));
  }));
}

/** A key that is equal for verdicts that differ only in the type of assistance. @param {Verdict} verdict */
const essence = ({ verdict, reasons: why, missing: open, changes: ways, choices, obligations, concerns: weighed }) =>
  JSON.stringify([verdict, why, open.map(({ fact }) => fact), ways, choices, obligations, weighed]);

/** One verdict for each such key. @param {Verdict[]} verdicts */
const differing = (verdicts) => verdicts.filter((verdict, at) => verdicts.findIndex((one) => essence(one) === essence(verdict)) === at);

/** Names the other types with the same key. @param {Page} page */
function alike({ words, subject, verdict }) {
  const others = subject.verdicts.filter((one) => one !== verdict && essence(one) === essence(verdict));
  return others.length > 0 && h('p', { class: 'note' }, phrase(words, 'result-alike', {
    types: h('span', null, listed(words, others.map(({ assistance }) => policyText(words, assistance)))),
  }));
}

/**
 * A note for print that the reasons for the other verdicts are not included.
 * @param {Context} context @param {Verdict} verdict
 */
const only = ({ words }, { assistance }) =>
  h('p', { class: 'printed' }, phrase(words, 'result-only', { assistance: policyText(words, assistance) }));

/** The verdict in a sentence. @param {Page} page @param {(...children: Child[]) => HTMLElement} title */
function box(page, title) {
  const { context, words, decision, subject, verdict: { verdict, assistance, exact, missing: open, cut_short: cut } } = page;
  const { policy, as_of: date } = decision;
  return h('div', { class: `verdict ${tone(verdict)}`, part: `verdict ${verdict}` },
    title(icon(verdict), ' ', h('span', null, phrase(words, `result-title-${verdict}`, { assistance: policyText(words, assistance) }))),
    h('p', null, phrase(words, `result-sentence-${verdict}`, {
      policy: policyText(words, policy.title),
      date: h('bdi', null, words.date(date)),
      subject: dossierTitle(context, subject.title),
      assistance: policyText(words, assistance),
    })),
    verdict === 'undetermined' && h('p', null, words.t('result-hinges', { count: open.length })),
    concernsCounted(page),
    !exact && h('p', { class: 'note' }, words.t('result-inexact')),
    cut && h('p', { class: 'note' }, words.t('result-cut-short')),
    presumptions(page),
    omitted(page),
    advised(words, policy),
    !policy.in_force && h('p', { class: 'note' }, words.t('result-not-in-force')));
}

/** @param {Page} page */
const parts = (page) =>
  [reasons, missing, changes, concerns, conditions, answers, tree, notAsked, sources, record].map((one) => one(page)).filter((one) => one !== null);

/** A heading that is only printed, so that the printed page states its subject. @param {Page} page */
function paper({ context, words, decision: { policy, as_of: date }, subject }) {
  return h('p', { class: 'paper' }, policyText(words, policy.title), ` (${policy.id} ${policy.version}) · `, dossierTitle(context, subject.title), ' · ', words.date(date));
}
