// A policy of the host's own, whose facts have no written questions.

import { readFileSync } from 'node:fs';
import { beginHere, choose, decision, fillDay, host, press, title } from './answers.js';
import { axe, expect, ready, test } from './fixtures.js';
import { part } from './results.js';

const text = readFileSync(new URL('pages/coast.placet', import.meta.url), 'utf8');

/** Begins with questions under the policy. */
async function begin(page, site) {
  await page.goto(site.page('small.html'));
  await ready(page);
  await host(page).evaluate((element, policy) => {
    element.policies = [{ policy: 'coast.placet', files: [{ name: 'coast.placet', text: policy }] }];
  }, text);
  await expect(host(page)).toContainText('Help for vessels');
  await beginHere(page);
}

/** Answers to the questions that are generated from the facts. */
const ANSWERS = {
  'Is the vessel urgent?': choose('Yes'),
  'What is the vessel\'s crew size (a number of sailors)?': async (page) => {
    await choose('A number')(page);
    await host(page).getByLabel('How exactly is it known?').first().selectOption('At least');
    await host(page).getByLabel('sailors').first().fill('14');
  },
  'What is the vessel\'s last refit (a date)?': async (page) => {
    await choose('A date')(page);
    await host(page).getByLabel('How exactly is it known?').first().selectOption('Between');
    await fillDay(host(page).getByRole('group', { name: 'Date', exact: true }).first(), [10, 1, 2015]);
    await fillDay(host(page).getByRole('group', { name: 'and', exact: true }).first(), [11, 1, 2015]);
  },
  'Which officer is the vessel\'s master, if any?': async (page) => {
    // No entity is known yet, so the option "Another" is not offered.
    await expect(host(page).getByLabel('Another', { exact: true })).toHaveCount(0);
    await choose('A name')(page);
    await host(page).getByLabel('Name', { exact: true }).first().fill('Lt Vella');
  },
  'Is Lt Vella licensed?': choose('Yes'),
  'Which are the vessel\'s mates, and are there others?': async (page) => {
    await choose('Name them')(page);
    await host(page).getByLabel('Name', { exact: true }).first().fill('Jo Borg');
    await press(page, 'Add');
    await choose('There are no others')(page);
  },
  'Is Jo Borg licensed?': choose('No'),
};

async function answerAll(page) {
  for (let left = Object.keys(ANSWERS).length; left; left -= 1) {
    const question = await title(page).textContent();
    expect(Object.keys(ANSWERS)).toContain(question);
    await ANSWERS[question](page);
    await press(page, 'Continue');
    await expect(title(page)).not.toHaveText(question);
  }
  await expect(title(page)).toHaveText('Eligible for repair');
}

/** The questions and answers in a part of the result. */
const listed = async (page, name) => {
  const rows = await part(page, name).locator('dl > div').evaluateAll((all) => all.map((row) => [row.querySelector('dt').textContent, row.querySelector('dd').textContent]));
  return Object.fromEntries(rows.map((row) => row.map((one) => one.replace(/[\u2068\u2069]/g, ''))));
};

test('answers are shown with their questions, people with their names, and amounts in the language of the page', async ({ page, site }) => {
  await begin(page, site);
  await answerAll(page);
  expect(await listed(page, 'Your answers')).toEqual({
    'Is the vessel urgent?': 'Yes',
    'What is the vessel\'s crew size (a number of sailors)?': 'At least 14 sailors',
    'What is the vessel\'s last refit (a date)?': 'Between 10 January 2015 and 11 January 2015',
    'Which officer is the vessel\'s master, if any?': 'Lt Vella',
    'Is Lt Vella licensed?': 'Yes',
    'Which are the vessel\'s mates, and are there others?': 'Jo Borg · There are no others',
    'Is Jo Borg licensed?': 'No',
  });
  await axe(page);
  await page.evaluate(() => (document.documentElement.lang = 'fr'));
  await expect(part(page, 'Vos réponses')).toBeVisible();
  expect(await listed(page, 'Vos réponses')).toMatchObject({
    'Le navire est-il urgent ?': 'Oui',
    'Quel est l’effectif du navire (en marins) ?': 'Au moins 14 marins',
    'Quel officier commande le navire, le cas échéant ?': 'Lt Vella',
  });
});

test('an open choice shows what it depends on, and the dossier can settle it', async ({ page, site }) => {
  await begin(page, site);
  await answerAll(page);
  const choice = part(page, 'Channel and obligations');
  await expect(choice).toContainText('Still open; one of');
  await expect(choice).toContainText('The rule below shows what it depends on.');
  await choice.getByText('The text of the rule').click();
  const words = choice.locator('pre');
  await expect(words).toHaveText(/^choice base .*"Northern base" when all of.*winter ready.*# Heavy.*20 tons.*otherwise "Southern base".*line 8, stated$/s);
  await axe(page);

  await host(page).getByLabel('Save or copy as').selectOption('dossier');
  await host(page).getByText('Show the text').click();
  const area = host(page).getByLabel('Show the text');
  // The text is filled in only after the browser's toggle event.
  await expect(area).toHaveValue(/\S/);
  const saved = await area.inputValue();
  await host(page).evaluate((element, dossier) => {
    element.dossiers = [{ name: 'mine.placet', text: dossier }];
  }, `${saved}  - the vessel is winter ready\n  - its tonnage is 30 tons\n`);
  await expect(choice).not.toContainText('Still open');
  await expect(choice).not.toContainText('shows what it depends on');
  const { subjects } = await decision(page);
  expect(subjects[0].verdicts[0].choices).toEqual([{ name: 'base', values: ['Northern base'] }]);
});
