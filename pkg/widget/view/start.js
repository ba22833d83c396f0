/** The pages before the questions: the policy, the subject, and what to decide on. */

import { h, id, policyText } from '../dom.js';
import { createWords } from '../words.js';
import { checkbox, dateField, isDay, select } from './fields.js';
import { renderFindings, strangeFile } from './findings.js';
import { button, form, heading, labelled, onward } from './frame.js';

/** @import { Outline } from 'placet' */
/** @import { Context } from '../context.js' */
/** @import { Child } from '../dom.js' */
/** @import { Words } from '../words.js' */

/** @param {Words} words @param {Pick<Outline, 'in_force'> & Partial<Pick<Outline, 'authority'>>} outline */
function inForce(words, { authority, in_force: { from, until } }) {
  const when = from && until ? 'start-in-force-between' : from ? 'start-in-force-from' : until ? 'start-in-force-until' : null;
  return [
    authority && policyText(words, authority),
    authority && when && ' · ',
    when && words.t(when, { from: from && words.date(from), until: until && words.date(until) }),
  ];
}

/** The texts of a policy, if they are at hand. @param {Context['session']['catalogue'][0]} entry */
const textsOf = ({ files }) => (Array.isArray(files) ? files : []);

/** The page to choose a policy. @param {Context} context */
export function renderPolicies(context) {
  const { session, words, act } = context;
  const cards = session.catalogue.map((entry) => {
    const outline = entry.card ?? session.outlines.get(entry);
    if (!outline) return h('li', { class: 'card' }, h('h2', null, entry.policy), renderFindings(context, session.mistakes.get(entry), textsOf(entry)));
    const own = createWords(words.language, outline.translations);
    const about = id('policy');
    return h(
      'li',
      { class: 'card', part: 'card' },
      h('button', { type: 'button', class: 'card-button', 'aria-describedby': about, onclick: () => act(() => session.choosePolicy(entry)) }, policyText(own, outline.title)),
      h('p', { class: 'hint', id: about }, inForce(own, outline)),
    );
  });
  return h('div', { class: 'page start', part: 'page' }, heading(words.t('start-policy')), h('p', { class: 'lead' }, words.t(cards.length ? 'start-policy-text' : 'start-policy-none')), cards.length > 0 && h('ul', { class: 'cards' }, cards));
}

/**
 * The page to choose a subject: a dossier that came with the policy, one of the official's own, or a name and
 * questions.
 * @param {Context} context
 */
export function renderCase(context) {
  const { words, policy } = context;
  const ways = [shipped(context), own(context), begin(context)].filter(Boolean);
  return h(
    'div',
    { class: 'page start', part: 'page' },
    heading(words.t('start-case')),
    h('p', { class: 'hint' }, inForce(words, policy.outline)),
    ways.map((way) => h('section', { class: 'way' }, way)),
  );
}

/** @param {Context} context */
function shipped(context) {
  const { session, words, act } = context;
  let subjects;
  try {
    subjects = session.shipped.people;
  } catch (error) {
    return [h('h2', null, words.t('start-shipped')), renderFindings(context, error, session.entry?.dossiers ?? [])];
  }
  if (!subjects.length) return null;
  const chosen = select([{ value: '', label: words.t('start-wrong-dossier') }, ...subjects.map(({ id, title }) => ({ value: id, label: title, words }))], '');
  const all = subjects.length > 1 && button(words.t('start-all', { count: subjects.length }), () => act(() => session.openShipped()));
  return [
    h('h2', null, words.t('start-shipped')),
    form(
      context,
      (mistakes) => {
        if (!chosen.value) mistakes.push({ text: words.t('start-wrong-dossier'), field: chosen });
        return chosen.value;
      },
      (one) => act(() => session.openShipped(one)),
      labelled(words.t('start-dossier'), chosen),
      h('div', { class: 'buttons' }, onward(words.t('start-open')), all),
    ),
  ];
}

/** Dossiers from the official's own files, chosen or dropped. @param {Context} context */
function own(context) {
  const { session, words, act, announce } = context;
  const input = h('input', { type: 'file', multiple: true, accept: `.json,.ndjson,.csv${session.entry?.files ? ',.placet' : ''}`, onchange() { take(input.files); } });
  const wrong = h('div', { class: 'wrong' });
  const zone = h(
    'div',
    {
      class: 'drop',
      part: 'drop',
      ondragover(event) {
        event.preventDefault();
        zone.classList.add('over');
      },
      ondragleave() {
        zone.classList.remove('over');
      },
      ondrop(event) {
        event.preventDefault();
        zone.classList.remove('over');
        take(event.dataTransfer?.files);
      },
    },
    labelled(words.t('start-file'), input, words.t(session.entry?.files ? 'start-file-hint' : 'start-file-hint-data')),
  );
  /** @param {FileList | null | undefined} files */
  async function take(files) {
    if (!files?.length) return;
    const read = await Promise.all([...files].map(async (file) => session.engine.fileOf(file.name, await file.arrayBuffer())));
    // Allow the same file to be chosen again after it is corrected.
    input.value = '';
    try {
      if (await session.openFiles(read)) act(() => {});
    } catch (error) {
      if (!wrong.isConnected) return;
      const strange = strangeFile(read);
      const first = strange ? words.t(strange.decision ? 'error-file-decision' : 'error-file-other', { file: strange.name }) : undefined;
      const findings = renderFindings(context, error, session.tried, { own: true, first });
      wrong.replaceChildren(findings);
      announce(first ?? words.t('error-findings-title'));
      findings.focus();
    }
  }
  return [h('h2', null, words.t('start-own')), wrong, zone];
}

/** @param {Context} context */
function begin(context) {
  const { session, words, policy, act } = context;
  const { about, kinds } = policy.outline;
  const title = h('input', { type: 'text', autocomplete: 'off', class: 'wide' });
  const around = session.circumstances;
  const circumstances = around.length
    ? select([{ value: '', label: words.t('start-circumstances-none') }, ...around.map(({ name, title }) => ({ value: name, label: title, words }))], '')
    : null;
  const named = (/** @type {string} */ name) => kinds.find((kind) => kind.name === name)?.title ?? name;
  const kind = about.length > 1 ? select(about.map((name) => ({ value: name, label: named(name), words })), about[0]) : null;
  return [
    h('h2', null, words.t('start-begin')),
    form(
      context,
      (mistakes) => {
        if (!title.value.trim()) mistakes.push({ text: words.t('start-wrong-name'), field: title });
        return { title: title.value.trim(), kind: kind?.value ?? about[0], circumstances: circumstances?.value };
      },
      (subject) => act(() => session.begin(subject)),
      kind && labelled(words.t('start-kind'), kind),
      labelled(words.t('start-name'), title, words.t('start-name-hint')),
      circumstances && labelled(words.t('start-circumstances'), circumstances, words.t('start-circumstances-hint')),
      h('div', { class: 'buttons' }, onward(words.t('start-begin'))),
    ),
  ];
}

/**
 * Why a policy cannot decide for a day; null if it can.
 * @param {Words} words @param {Outline['in_force']} period @param {string} day
 */
export function outside(words, { from, until }, day) {
  if (!isDay(day)) return words.t('start-wrong-day-form', { day });
  if (from && day < from) return words.t('start-wrong-day-from', { from: words.date(from) });
  return until && day > until ? words.t('start-wrong-day-until', { until: words.date(until) }) : null;
}

/** The page to choose the types of assistance and the day. @param {Context} context */
export function renderScope(context) {
  const { session, words, policy, act, host } = context;
  const { assistance, in_force } = policy.outline;
  const several = session.subjects.length > 1;
  /** @type {Map<string, HTMLInputElement>} */
  const boxes = new Map();
  const requested = session.assistance ?? host.assistance;
  const chosen = requested.length ? requested : assistance.map(({ name }) => name);
  // Checking or unchecking a type does the same to the types below it.
  const follow = (/** @type {string} */ above, /** @type {boolean} */ checked) => {
    for (const { name, part_of } of assistance) {
      const box = boxes.get(name);
      if (!box || part_of !== above) continue;
      box.checked = checked;
      follow(name, checked);
    }
  };
  /** @param {string | null} above @returns {Child} */
  const below = (above) => {
    const types = assistance.filter(({ part_of }) => part_of === above);
    return types.length > 0 && h('ul', { class: 'types' }, types.map(({ name, means }) => {
      const { input, element } = checkbox(policyText(words, name), chosen.includes(name), { onchange: () => follow(name, input.checked) });
      boxes.set(name, input);
      if (means) {
        const hint = h('p', { class: 'hint', id: id('means') }, policyText(words, means));
        input.setAttribute('aria-describedby', hint.id);
        element.append(hint);
      }
      return h('li', null, element, below(name));
    }));
  };
  const every = (/** @type {boolean} */ checked) => () => boxes.forEach((box) => (box.checked = checked));
  const tree = below(null);
  const days = new Set(session.people.filter(({ id }) => session.subjects.includes(id)).map((one) => one.as_of));
  const [own] = days.size === 1 ? days : [];
  const hint = days.size > 1 ? 'start-day-hint-differ' : own ? 'start-day-hint-dossier' : 'start-day-hint';
  const day = dateField(words, words.t('start-day'), [session.asOf, host.asOf, own].find(isDay), { hint: words.t(hint), unfit: (chosen) => outside(words, in_force, chosen) });
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  return h(
    'div',
    { class: 'page start', part: 'page' },
    heading(words.t('start-scope')),
    several && h('p', null, words.t('start-several', { count: session.subjects.length })),
    form(
      context,
      (mistakes) => {
        const names = [...boxes].filter(([, { checked }]) => checked).map(([name]) => name);
        if (!names.length) mistakes.push({ text: words.t('start-wrong-types'), field: [...boxes.values()][0] });
        const asOf = day.read(mistakes);
        return { asOf, assistance: names.length < boxes.size ? names : undefined };
      },
      (scope) => act(() => session.chooseScope(scope)),
      h('fieldset', { class: 'field' }, h('legend', null, words.t('start-types')), h('div', { class: 'buttons' }, button(words.t('start-types-all'), every(true), 'link'), button(words.t('start-types-none'), every(false), 'link')), tree),
      day.element,
      h('div', { class: 'buttons' }, button(words.t('start-today'), () => day.set(today))),
      in_force.from || in_force.until ? h('p', { class: 'hint' }, inForce(words, { in_force })) : null,
      h('div', { class: 'buttons' }, onward(words.t('start-continue'))),
    ),
  );
}
