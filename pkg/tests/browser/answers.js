// Answers questions in the browser tests, by the labels on the page.

import { expect, ready } from './fixtures.js';

/** The first element on a page. */
export const host = (page) => page.locator('placet-eligibility').first();
export const title = (page) => host(page).getByRole('heading', { level: 1 });
export const press = (page, name) => host(page).getByRole('button', { name, exact: true }).first().click();

/** Begins with questions about a group under the small policy. */
export async function begin(page, site) {
  await page.goto(site.page('small.html'));
  await ready(page);
  await beginHere(page);
}

/** Begins with questions on the current page. */
export async function beginHere(page, day = [15, 2, 2016]) {
  await host(page).getByLabel('Name', { exact: true }).fill('Northern brigade');
  await press(page, 'Begin with questions');
  await fillDay(host(page).getByRole('group', { name: 'For which day?' }), day);
  await press(page, 'Continue');
}

export async function fillDay(group, [day, month, year]) {
  await group.getByLabel('Day', { exact: true }).fill(String(day));
  await group.getByLabel('Month').fill(String(month));
  await group.getByLabel('Year').fill(String(year));
}

/** The answers that make the group of the small policy eligible, by question. */
export const GOOD = {
  'Does the group accept civilian control?': choose('Yes'),
  'How many fighters does the group have?': async (page) => {
    await choose('A number')(page);
    await host(page).getByLabel('fighters').first().fill('200');
  },
  'How broadly does the group recruit?': choose('broad'),
  'When was the group last vetted?': async (page) => {
    await choose('A date')(page);
    await fillDay(host(page).getByRole('group', { name: 'Date', exact: true }).first(), [10, 1, 2016]);
  },
  'Who commands the group?': choose('No one'),
  'Who leads the group?': choose('None'),
  'Does the group work with outlaws?': async (page) => {
    await choose('No')(page);
    await provenance(host(page).getByRole('group', { name: 'Where does this come from?' }), { who: 'A memorandum', reliability: 'B', credibility: '2', day: [1, 2, 2016] });
  },
};

/** Returns a function that chooses an answer. */
export function choose(label) {
  return (page) => host(page).getByLabel(label, { exact: true }).first().check();
}

/** Fills in the source of a statement. */
export async function provenance(group, { who, reliability, credibility, day }) {
  await group.getByLabel('Who says so?').fill(who);
  if (reliability) await group.getByLabel('How reliable is the source?').selectOption(reliability);
  if (credibility) await group.getByLabel('How credible is the information?').selectOption(credibility);
  if (day) await fillDay(group.getByRole('group', { name: 'Which date does it refer to?' }), day);
}

/** Answers questions until none of those in `answers` is left; returns the questions. */
export async function answerAll(page, answers = GOOD, each = async () => {}) {
  const asked = [];
  for (;;) {
    const question = await title(page).textContent();
    if (!answers[question]) return asked;
    asked.push(question);
    await each(question);
    await answers[question](page);
    await press(page, 'Continue');
    await expect(title(page)).not.toHaveText(question);
  }
}

/** Returns the decision that the element shows. */
export const decision = (page) => host(page).evaluate((element) => element.decision);

/** Returns the verdicts by type of assistance. */
export async function verdicts(page) {
  const { subjects } = await decision(page);
  return Object.fromEntries(subjects[0].verdicts.map(({ assistance, verdict }) => [assistance, verdict]));
}

/** Answers the current question, and returns it. */
export async function answerOne(page) {
  const question = await title(page).textContent();
  await GOOD[question](page);
  await press(page, 'Continue');
  await expect(title(page)).not.toHaveText(question);
  return question;
}

/** Returns the number of answers. */
export const answersOf = (page) => host(page).evaluate((element) => element.answers.length);

/**
 * Answers two questions, leaves the page and comes back; returns whether the page was kept in the back-forward cache.
 */
export async function awayAndBack(page, site) {
  await page.addInitScript(() => addEventListener('pageshow', ({ persisted }) => (globalThis.persisted = persisted)));
  await begin(page, site);
  await answerOne(page);
  await answerOne(page);
  const question = await title(page).textContent();
  await page.goto(site.page('straight.html'));
  await ready(page);
  // A page from the back-forward cache loads nothing, so do not wait for the load.
  await page.goBack({ waitUntil: 'commit' });
  await expect(title(page)).toHaveText(question);
  expect(await answersOf(page)).toBe(2);
  return page.evaluate(() => globalThis.persisted);
}
