// The session: answers are stored by their keys, and only what matters is asked.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { keyOf } from '../widget/answers.js';
import { Session } from '../widget/session.js';

/** The facts of the test engine: a large group is asked for its leader, any group for its command. */
const FACTS = ['is large', 'has a leader', 'obeys'];

class Crash extends Error {
  code = 'crashed';
}

/** A test engine with three facts. `crashes` is the number of calls that crash before it works. */
function engineOf() {
  const engine = { crashes: 0, opened: 0, asks: [], uses: ({ text }) => text.split('\n').filter((line) => line.startsWith('use ')).map((line) => line.slice(4)) };
  const openCase = (dossiers, used = new Set()) => ({
    engine,
    dossiers,
    subjects: dossiers.filter(({ kind, file }) => kind === 'group' && !used.has(file)),
    interview(ask) {
      if (engine.crashes-- > 0) throw new Crash();
      engine.asks.push(ask);
      const given = Object.fromEntries(ask.answers.map(({ fact, statements }) => [fact, statements]));
      if (given.obeys?.[0]?.value === 'nonsense') throw Object.assign(new Error(), { code: 'mistakes' });
      const matters = FACTS.filter((fact) => fact !== 'has a leader' || given['is large']?.[0]?.value === true);
      const open = matters.filter((fact) => !given[fact]).map((fact) => ({ about: 'the subject', fact, standard: null }));
      return { open, next: open[0] ? { ...open[0], type: { kind: 'yes or no' } } : null, answered: ask.answers };
    },
    decideText: (ask) => JSON.stringify({ subjects: ask.subjects.map((id) => ({ id })), as_of: ask.asOf }),
  });
  const dossier = ({ name, text }) => {
    const [, id, title] = /^dossier (\w+) "(.*)"/.exec(text) ?? [];
    const own = name.replace(/^.*\/|\..*$/g, '');
    return { id: id ?? own, title: title ?? own, kind: /about +country/.test(text) ? 'country' : 'group', as_of: '2016-02-15', file: name };
  };
  engine.openPolicy = () => ({
    engine,
    outline: { about: ['group'], kinds: [{ name: 'group', only_one: false }, { name: 'country', only_one: true }] },
    place: (files) => files.map((file) => ({ ...file, name: `dossiers/${file.name}` })),
    open(files) {
      engine.opened += 1;
      engine.files = files.map(({ name }) => name);
      return openCase(files.map(dossier), new Set(files.flatMap(engine.uses)));
    },
    begin: ({ id, title, asOf = null }, around) => {
      engine.around = around?.map(({ name }) => name);
      return openCase([{ id, title, kind: 'group', as_of: asOf }]);
    },
  });
  return engine;
}

const bundled = [
  { name: 'dossiers/east.placet', text: 'use dossiers/country.placet' },
  { name: 'dossiers/west.placet', text: 'use dossiers/east.placet' },
  { name: 'dossiers/country.placet', text: 'dossier land "The land in 2016"\n  about  country\n  as of  2016-02-15\n' },
];

/** A promise with the function that resolves it. */
function pending() {
  let resolve;
  const promise = new Promise((done) => (resolve = done));
  return { promise, resolve };
}

let engine;
let session;

beforeEach(async () => {
  engine = engineOf();
  session = new Session(engine, async () => engine);
  session.catalogue = [{ policy: 'a.placet', files: [], dossiers: bundled }, { policy: 'b.placet', files: [] }];
  await session.choosePolicy(session.catalogue[0]);
});

/** Begins a new group and goes to the first question. */
function begin() {
  session.begin({ title: 'New Group', kind: 'group' });
  session.chooseScope({ asOf: '2016-02-15' });
}

const answer = (value) => session.answer(session.question, value === undefined ? [] : [{ value }]);

test('questions are asked until none is relevant, then the result is shown', () => {
  begin();
  assert.equal(session.step, 'question');
  assert.equal(session.question.fact, 'is large');
  answer(false);
  assert.equal(session.question.fact, 'obeys');
  answer();
  assert.equal(session.step, 'result');
  assert.deepEqual(session.answers.map(({ fact, statements }) => [fact, statements.length]), [['is large', 1], ['obeys', 0]]);
});

test('a changed answer keeps the others, and only new relevant questions are asked', () => {
  begin();
  answer(false);
  answer(true);
  session.change(session.answers[0]);
  assert.equal(session.question.fact, 'is large');
  answer(true);
  assert.equal(session.step, 'question');
  assert.equal(session.question.fact, 'has a leader');
  answer(true);
  assert.equal(session.step, 'result');
  assert.deepEqual(session.answers.map(({ fact }) => fact), ['is large', 'obeys', 'has a leader']);
  session.change(session.answers[0]);
  answer(false);
  assert.equal(session.step, 'result');
  assert.equal(session.answers.length, 3);
});

test('questions that were skipped before the result are not asked after a change', () => {
  begin();
  answer(false);
  session.go('result');
  session.change(session.answers[0]);
  answer(false);
  assert.equal(session.step, 'result');
});

test('an answer that is no longer relevant can still be changed', () => {
  begin();
  answer(true);
  answer(true);
  answer(true);
  session.change(session.answers[0]);
  answer(false);
  session.change(session.answerTo({ about: 'the subject', fact: 'has a leader', standard: null }));
  assert.equal(session.question.fact, 'has a leader');
});

test('answers about an entity are left out while no answer names it', () => {
  begin();
  const leader = { about: 'the subject', fact: 'leader', standard: null };
  const conviction = { about: 'q', fact: 'is convicted', standard: null };
  session.answer(leader, [{ value: { is: 'q' }, names: { q: 'Colonel Q' } }]);
  session.answer(conviction, [{ value: true }]);
  assert.deepEqual(session.ask.answers.map(({ fact }) => fact), ['leader', 'is convicted']);
  session.answer(leader, [{ value: { is: null } }]);
  assert.deepEqual(session.ask.answers.map(({ fact }) => fact), ['leader']);
  assert.equal(session.answers.length, 2);
  // Named again by another answer: that statement gets the title, and the answer about the person is included again.
  session.answer({ ...leader, fact: 'members' }, [{ value: { members: ['q'], complete: true } }]);
  const [, members, last] = session.ask.answers;
  assert.deepEqual(members.statements[0].names, { q: 'Colonel Q' });
  assert.equal(last.fact, 'is convicted');
});

test('going back shows each answered question with its answer', () => {
  begin();
  answer(true);
  answer(false);
  session.back();
  assert.equal(session.question.fact, 'has a leader');
  assert.deepEqual(session.answerTo(session.question).statements, [{ value: false }]);
  session.back();
  assert.equal(session.question.fact, 'is large');
  session.back();
  assert.equal(session.step, 'scope');
  assert.equal(session.answers.length, 2);
});

test('an answer that the engine rejects is not kept', () => {
  begin();
  answer(false);
  assert.throws(() => answer('nonsense'));
  assert.equal(session.answers.length, 1);
  assert.equal(session.question.fact, 'obeys');
});

test('after one crash the call is repeated with the answers; after two it throws', () => {
  begin();
  engine.crashes = 1;
  answer(true);
  assert.equal(session.recovered, true);
  assert.equal(session.question.fact, 'has a leader');
  engine.crashes = 2;
  assert.throws(() => answer(true), { code: 'crashed' });
});

test('all subjects with a dossier are offered, even if another dossier uses theirs', () => {
  assert.deepEqual(session.shipped.people.map(({ id }) => id).sort(), ['east', 'west']);
  const { opened } = engine;
  session.openShipped('east');
  session.chooseScope({});
  assert.equal(session.step, 'result');
  assert.equal(session.subject, 'east');
  assert.equal(engine.opened, opened);
});

test('several subjects are decided together, each with its own answers', () => {
  session.openShipped();
  session.chooseScope({ asOf: '2016-02-15' });
  assert.equal(session.step, 'matrix');
  assert.deepEqual(session.matrix.subjects.map(({ id }) => id).sort(), ['east', 'west']);
  session.enter('east');
  session.go('question');
  answer(true);
  session.enter('west');
  assert.deepEqual(session.answers, []);
  session.back();
  assert.equal(session.step, 'matrix');
});

test("the official's file is opened with the dossiers of the policy that it uses", async () => {
  await session.openFiles([{ name: 'mine.placet', text: 'use dossiers/east.placet' }]);
  assert.deepEqual(engine.files, ['dossiers/mine.placet', 'dossiers/east.placet', 'dossiers/country.placet']);
  assert.deepEqual(session.subjects, ['mine']);
});

test('questions begin with the chosen circumstances', () => {
  const [land] = session.circumstances;
  assert.deepEqual(land, { name: 'dossiers/country.placet', title: 'The land in 2016', asOf: '2016-02-15' });
  session.begin({ title: 'كتيبة', kind: 'group', circumstances: land.name });
  assert.deepEqual(engine.around, ['dossiers/country.placet']);
  assert.equal(session.about.as_of, '2016-02-15');
  assert.equal(session.subject, 'كتيبة');
});

test('choosing another policy closes the case, choosing the same one does not', async () => {
  begin();
  answer(true);
  await session.choosePolicy(session.catalogue[0]);
  assert.equal(session.answers.length, 1);
  await session.choosePolicy(session.catalogue[1]);
  assert.equal(session.caseFile, null);
  assert.deepEqual(session.answers, []);
});

test('of two choices the later one counts, whichever is fetched first', async () => {
  const late = pending();
  const slow = { policy: 'slow.placet', files: () => late.promise };
  const first = session.choosePolicy(slow);
  assert.equal(await session.choosePolicy(session.catalogue[1]), true);
  late.resolve([]);
  assert.equal(await first, false);
  assert.equal(session.entry, session.catalogue[1]);
  const opening = session.openFiles([{ name: 'mine.placet', text: '' }]);
  session.begin({ title: 'New Group', kind: 'group' });
  assert.equal(await opening, false);
  assert.equal(session.about.title, 'New Group');
});

test('the whole engine is used only after it has opened the policy and the case', async () => {
  const author = engineOf();
  const { uses, ...decider } = engineOf();
  let failing = true;
  const files = async () => {
    if (failing) throw new Error('offline');
    return [];
  };
  const lazy = new Session(decider, async () => author);
  const entry = { policy: 'a.placet', compiled: new Uint8Array(), files };
  await lazy.choosePolicy(entry);
  lazy.begin({ title: 'New Group', kind: 'group' });
  lazy.chooseScope({});
  lazy.answer(lazy.question, [{ value: true }]);
  const { caseFile } = lazy;
  await assert.rejects(lazy.authorCase(), /offline/);
  assert.equal(lazy.engine, decider);
  assert.equal(lazy.caseFile, caseFile);
  failing = false;
  const [one, other] = await Promise.all([lazy.authorCase(), lazy.authorCase()]);
  assert.equal(one.engine, author);
  assert.equal(other.engine, author);
  assert.equal(lazy.policy.engine, author);
  assert.equal(lazy.answers.length, 1);
  assert.equal(lazy.question.fact, 'has a leader');
});

test('a policy chosen while the whole engine is loaded is opened by the whole engine', async () => {
  const author = engineOf();
  const { uses, ...decider } = engineOf();
  const late = pending();
  const lazy = new Session(decider, () => late.promise);
  await lazy.choosePolicy({ policy: 'a.placet', compiled: new Uint8Array() });
  const loading = lazy.useAuthor();
  const slow = pending();
  const choosing = lazy.choosePolicy({ policy: 'b.placet', compiled: () => slow.promise });
  late.resolve(author);
  await loading;
  slow.resolve(new Uint8Array());
  assert.equal(await choosing, true);
  assert.equal(lazy.entry.policy, 'b.placet');
  assert.equal(lazy.policy.engine, author);
});

test('a state is restored only if its policy is offered', async () => {
  begin();
  answer(true);
  const { state } = session;
  const other = new Session(engine, async () => engine);
  assert.equal(await other.restore(state), false);
  other.catalogue = session.catalogue;
  assert.equal(await other.restore(state), true);
  assert.equal(other.step, 'question');
  assert.equal(other.question.fact, 'has a leader');
  assert.equal(other.about.title, 'New Group');
  session.clear();
  assert.equal(session.state, '');
});

test('a key distinguishes facts by entity, phrase and standard', () => {
  const key = { about: 'the subject', fact: 'obeys', standard: null };
  assert.notEqual(keyOf(key), keyOf({ ...key, standard: 'strict' }));
  assert.equal(keyOf(key), keyOf({ ...key, statements: [] }));
});
