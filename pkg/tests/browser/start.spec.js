// The pages before the questions: a policy, a case of one's own or of the page, and what to decide on; and what the
// host can see.

import { answerAll, begin, beginHere, choose, decision, fillDay, GOOD, host, press, title, verdicts } from './answers.js';
import { axe, expect, ready, screenshot, test } from './fixtures.js';

const dossier = (statements) => `dossier mine "My brigade"\n  about    group\n  as of    2016-02-15\n\n${statements}`;
const file = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const files = (page) => host(page).getByLabel('Dossiers');

/** Answers every question, one of them with “I don’t know”; returns the verdicts. */
async function verdictsAfter(page, unknown) {
  const asked = await answerAll(page, { ...GOOD, [unknown]: choose('I don’t know') });
  expect(asked).toContain(unknown);
  return verdicts(page);
}

test.describe('with the Libyan policies', () => {
  test('a bundled dossier is decided on', async ({ page, site, seal }) => {
    await page.goto(site.demo);
    await ready(page);
    await axe(page);
    await screenshot(page, 'start-policy');
    await press(page, 'Counterterrorism support to Libyan armed groups');
    await expect(title(page)).toBeFocused();
    // The policy was fetched when it was chosen; nothing is fetched from here on.
    seal();
    await axe(page);
    await screenshot(page, 'start-case');
    await press(page, 'Open');
    await expect(host(page).getByRole('alert')).toContainText('Choose a dossier');
    await host(page).getByLabel('Dossier', { exact: true }).selectOption('Misratan battalion');
    await press(page, 'Open');
    await expect(host(page).getByLabel('Year')).toHaveValue('2016');
    await axe(page);
    await screenshot(page, 'start-scope');
    await press(page, 'Choose none');
    await host(page).getByLabel('night vision goggles').check();
    await press(page, 'Continue');
    expect(await verdicts(page)).toEqual({ 'night vision goggles': 'ineligible' });
    await expect(title(page)).toBeFocused();
  });

  test('questions begin with the known circumstances', async ({ page, site }) => {
    await page.goto(site.demo);
    await ready(page);
    await press(page, 'Assistance to militias by way of a national guard');
    await host(page).getByLabel('Kind').selectOption('group');
    await host(page).getByLabel('Name', { exact: true }).fill('A brigade');
    await host(page).getByLabel('Known circumstances').selectOption('Libya in mid 2015');
    await press(page, 'Begin with questions');
    await expect(host(page).getByLabel('Month')).toHaveValue('6');
    await press(page, 'Continue');
    const { subjects, as_of } = await host(page).evaluate((element) => element.decision ?? { subjects: [], as_of: null });
    if (subjects.length === 0) await expect(host(page)).toContainText('questions answered');
    else expect(as_of).toBe('2015-06-15');
  });

  test('a day on which the policy is not in force and a year of two digits are reported at the field', async ({ page, site }) => {
    const crashes = [];
    page.on('pageerror', (error) => crashes.push(error));
    await page.goto(site.demo);
    await ready(page);
    await press(page, 'Support against ISIS in Libya: unity from the bottom up first');
    await host(page).getByLabel('Name', { exact: true }).fill('A brigade');
    await press(page, 'Begin with questions');
    const day = host(page).getByRole('group', { name: 'For which day?' });
    await press(page, 'Continue');
    await expect(day.locator('[aria-invalid]')).toHaveCount(3);
    await fillDay(day, [1, 1, 2014]);
    await press(page, 'Continue');
    const summary = host(page).getByRole('alert');
    await expect(summary.getByRole('button')).toHaveText(/^This policy applies from .14 November 2015.\. Enter that day or a later one\.$/);
    await axe(page);
    await fillDay(day, [1, 2, 16]);
    await press(page, 'Continue');
    await expect(summary.getByRole('button')).toHaveText('Write the year with four digits');
    await fillDay(day, [14, 11, 2015]);
    await press(page, 'Continue');
    await expect(host(page).locator('[part="progress"]')).toBeVisible();
    // The host can set any day.
    await host(page).evaluate((element) => (element.asOf = '2014-01-01'));
    await expect(host(page).getByRole('button', { name: 'Choose another day' })).toBeVisible();
    expect(await host(page).evaluate((element) => [element.decision, element.value])).toEqual([null, '']);
    expect(crashes).toEqual([]);
  });

  test('all dossiers are compared, each with a link to its result and back', async ({ page, site }) => {
    await page.goto(site.demo);
    await ready(page);
    await press(page, 'Counterterrorism support to Libyan armed groups');
    await host(page).getByRole('button', { name: /^Compare all/ }).click();
    await expect(host(page).locator('[part="caption"]')).toHaveText(/^\d\d dossiers\s· Counterterrorism support to Libyan armed groups$/);
    await press(page, 'Choose none');
    await host(page).getByLabel('equipment', { exact: true }).check();
    await fillDay(host(page).getByRole('group', { name: 'For which day?' }), [1, 3, 2016]);
    await press(page, 'Continue');
    const { subjects } = await decision(page);
    expect(subjects.length).toBeGreaterThan(10);
    await axe(page);
    await screenshot(page, 'matrix');
    await host(page).getByRole('button', { name: /Misratan battalion/ }).first().click();
    await expect(host(page)).toContainText('Misratan battalion');
    expect((await decision(page)).subjects).toHaveLength(1);
    await press(page, 'Back');
    expect((await decision(page)).subjects).toHaveLength(subjects.length);
  });
});

test.describe("with files of the official's own", () => {
  test.beforeEach(async ({ page, site, seal }) => {
    await page.goto(site.page('small.html'));
    await ready(page);
    seal();
  });

  test('all errors are reported at once with places and help, and nothing is lost', async ({ page }) => {
    await host(page).getByLabel('Name', { exact: true }).fill('Northern brigade');
    await files(page).setInputFiles(file('mine.placet', dossier('  - the group is very large\n  - the group accepts civilian control\n      from nowhere line 3\n')));
    const mistakes = host(page).getByRole('group', { name: 'This file cannot be used as it is' });
    await expect(mistakes).toBeFocused();
    await expect(mistakes.getByRole('listitem')).toHaveCount(2);
    await expect(mistakes).toContainText(/mine\.placet.*line.*5/);
    await expect(mistakes.locator('mark').first()).toHaveText('is very large');
    await expect(mistakes).toContainText('2 errors were found. Correct this and choose the file again.');
    await axe(page);
    await screenshot(page, 'start-mistakes');
    await expect(host(page).getByLabel('Name', { exact: true })).toHaveValue('Northern brigade');
    await files(page).setInputFiles(file('mine.placet', dossier('  - the group accepts civilian control\n')));
    await expect(title(page)).toHaveText('What should be decided?');
    await expect(title(page)).toBeFocused();
  });

  test('a file that is not a dossier is reported as such before its errors', async ({ page }) => {
    const mistakes = host(page).getByRole('group', { name: 'This file cannot be used as it is' });
    for (const [name, text, message] of [
      ['note.txt', 'Hello there\nnot a dossier at all\n', /^.?note\.txt.? is not a dossier\. Open a dossier saved here/],
      ['list.csv', 'name,size\nNorth,3\n', /^.?list\.csv.? is not a dossier/],
      ['kept.json', '{"format": "placet-decision/1", "subjects": [{"id": "mine"}]}', /^.?kept\.json.? is a decision, not a dossier/],
    ]) {
      await files(page).setInputFiles(file(name, text));
      await expect(mistakes.locator('h3 + p')).toHaveText(message);
      await expect(mistakes).toBeFocused();
      await expect(mistakes.getByRole('listitem')).toHaveCount(0);
      await axe(page);
    }
    await mistakes.getByText('Errors found').click();
    await expect(mistakes.getByRole('listitem').first()).toBeVisible();
    await expect(host(page).getByRole('status')).not.toBeEmpty();
    await files(page).setInputFiles(file('mine.placet', dossier('  - the group accepts civilian control\n')));
    await expect(title(page)).toHaveText('What should be decided?');
    await expect(host(page).getByRole('status')).toBeEmpty();
  });

  for (const [name, text] of [
    ['mine.json', JSON.stringify({ id: 'mine', title: 'My brigade', as_of: '2016-02-15', 'accepts civilian control': false })],
    ['mine.csv', 'id,title,as of,accepts civilian control\nmine,My brigade,2016-02-15,no\n'],
    ['mine.placet', dossier('  - the group does not accept civilian control\n')],
  ]) {
    test(`${name} is decided on`, async ({ page }) => {
      await files(page).setInputFiles(file(name, text));
      await expect(host(page)).toContainText('My brigade');
      await press(page, 'Continue');
      expect(await verdicts(page)).toEqual({ training: 'ineligible', equipment: 'ineligible' });
    });
  }

  test('a table of several subjects gives a matrix', async ({ page }) => {
    await files(page).setInputFiles(file('all.csv', 'id,title,as of,accepts civilian control\nnorth,North,2016-02-15,no\nsouth,South,2016-02-15,yes\n'));
    await press(page, 'Continue');
    expect((await decision(page)).subjects.map(({ id }) => id)).toEqual(['north', 'south']);
    await axe(page);
  });

  test('files can be dropped', async ({ page }) => {
    const data = await page.evaluateHandle((text) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([text], 'mine.placet'));
      return dropped;
    }, dossier('  - the group accepts civilian control\n'));
    await host(page).locator('[part~="drop"]').dispatchEvent('drop', { dataTransfer: data });
    await expect(title(page)).toHaveText('What should be decided?');
  });

  test('choosing a type of assistance chooses those below it; no type and no day are errors', async ({ page }) => {
    await host(page).getByLabel('Name', { exact: true }).fill('Northern brigade');
    await press(page, 'Begin with questions');
    await press(page, 'Choose none');
    await press(page, 'Continue');
    const summary = host(page).getByRole('alert');
    await expect(summary.getByRole('button')).toHaveText(['Choose at least one type of assistance', 'Enter a date that exists, such as 15 2 2016']);
    await axe(page);
    await fillDay(host(page).getByRole('group', { name: 'For which day?' }), [30, 2, 2016]);
    await press(page, 'Continue');
    await expect(summary).toContainText('Enter a date that exists');
    await press(page, 'Use today');
    await host(page).getByLabel('training').check();
    await press(page, 'Continue');
    await expect(host(page).locator('[part="progress"]')).toBeVisible();
  });

  test('unknown answers are saved with the dossier and not asked again', async ({ page }) => {
    await beginHere(page);
    const unknown = 'Does the group accept civilian control?';
    const before = await verdictsAfter(page, unknown);
    for (const [format, name] of [['dossier', 'kept.placet'], ['dossier-json', 'kept.json']]) {
      await host(page).getByLabel('Save or copy as').selectOption(format);
      const area = host(page).getByRole('textbox', { name: 'Show the text' });
      if (!(await area.isVisible())) await host(page).getByText('Show the text').click();
      // The text is filled in only after the browser's toggle event.
      await expect(area).toHaveValue(/\S/);
      const kept = await area.inputValue();
      await press(page, 'Clear everything');
      await host(page).getByRole('dialog').getByRole('button', { name: 'Clear everything' }).click();
      await files(page).setInputFiles(file(name, kept));
      await press(page, 'Continue');
      expect(await verdicts(page)).toEqual(before);
      // No question is left, but an open fact can be answered from the result.
      await expect(host(page).getByRole('button', { name: 'Go on with the questions' })).toHaveCount(0);
      await host(page).getByRole('button', { name: 'training' }).first().click();
      const open = host(page).locator('.missing > li').filter({ hasText: unknown });
      await expect(open).toContainText('The dossier states that this is unknown.');
    }
    await host(page).locator('.missing > li').filter({ hasText: unknown }).getByRole('button').click();
    await expect(title(page)).toHaveText(unknown);
    await GOOD[unknown](page);
    await press(page, 'Continue');
    expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
  });

  test('a saved dossier can be opened again with its answers', async ({ page }) => {
    await beginHere(page);
    await answerAll(page, GOOD);
    await host(page).getByLabel('Save or copy as').selectOption('dossier');
    await host(page).getByText('Show the text').click();
    const area = host(page).getByRole('textbox', { name: 'Show the text' });
    await expect(area).toHaveValue(/\S/);
    const kept = await area.inputValue();
    await press(page, 'Clear everything');
    await host(page).getByRole('dialog').getByRole('button', { name: 'Clear everything' }).click();
    await files(page).setInputFiles(file('kept.placet', kept));
    await press(page, 'Continue');
    expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
  });
});

test('everything is cleared only after confirmation', async ({ page, site }) => {
  await begin(page, site);
  const question = await title(page).textContent();
  await press(page, 'Clear everything');
  const dialog = host(page).getByRole('dialog');
  await axe(page);
  await screenshot(page, 'clear');
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  await expect(title(page)).toHaveText(question);
  await press(page, 'Clear everything');
  await page.keyboard.press('Escape');
  await expect(title(page)).toHaveText(question);
  await press(page, 'Clear everything');
  await dialog.getByRole('button', { name: 'Clear everything' }).click();
  await expect(title(page)).toHaveText('Who is it about?');
  await expect(title(page)).toBeFocused();
  await expect(host(page).getByLabel('Name', { exact: true })).toHaveValue('');
  expect(await host(page).evaluate((element) => [element.answers, element.decision, element.events.at(-1)[0]])).toEqual([[], null, 'clear']);
});

test.describe('in a host', () => {
  test('a form requires the decision, submits it, and clears it on reset', async ({ page, site }) => {
    await begin(page, site);
    const sent = page.locator('main > output');
    const valid = () => host(page).evaluate((element) => element.checkValidity());
    expect(await valid()).toBe(false);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(sent).toBeEmpty();
    await answerAll(page);
    expect(await valid()).toBe(true);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(sent).toHaveText('Northern brigade: eligible');
    await page.getByRole('button', { name: 'Reset' }).click();
    await expect(title(page)).toHaveText('Who is it about?');
    expect(await valid()).toBe(false);
  });

  test('the element can be disabled', async ({ page, site }) => {
    await begin(page, site);
    await host(page).evaluate((element) => (element.disabled = true));
    await expect(host(page).locator('[part="frame"]')).toHaveAttribute('inert', '');
    await host(page).evaluate((element) => (element.disabled = false));
    await GOOD[await title(page).textContent()](page);
  });

  test('the element can be removed from the page and added again', async ({ page, site }) => {
    await begin(page, site);
    const first = await title(page).textContent();
    await GOOD[first](page);
    await press(page, 'Continue');
    const second = await title(page).textContent();
    await host(page).evaluate((element) => {
      const { parentNode } = element;
      element.remove();
      parentNode.append(element);
    });
    await expect(title(page)).toHaveText(second);
    expect(await host(page).evaluate((element) => element.answers.length)).toBe(1);
  });

  test('attributes lead directly to the result', async ({ page, site }) => {
    await page.goto(site.page('straight.html'));
    await ready(page);
    expect(await verdicts(page)).toEqual({ 'mine detectors': 'ineligible', 'night vision goggles': 'ineligible' });
    expect((await decision(page)).as_of).toBe('2016-03-01');
    await host(page).evaluate((element) => Object.assign(element, { asOf: '2016-04-01', assistance: ['mine detectors'] }));
    await expect.poll(() => decision(page).then(({ as_of }) => as_of)).toBe('2016-04-01');
    expect(Object.keys(await verdicts(page))).toEqual(['mine detectors']);
  });

  test('an error in a file of the page is reported as an error of the page', async ({ page, site }) => {
    await page.goto(site.page('small.html'));
    await ready(page);
    const wrong = { policy: 'wrong.placet', files: [{ name: 'wrong.placet', text: 'policy "Wrong"\n  id wrong\n' }] };
    // A single policy is opened right away; one of several is listed.
    for (const policies of [[wrong], [wrong, { ...wrong, policy: 'wrong.placet' }]]) {
      await host(page).evaluate((element, given) => (element.policies = given), policies);
      const mistakes = host(page).locator('[part="mistakes"]');
      await expect(mistakes).toHaveCount(policies.length);
      await expect(mistakes.first()).toContainText('The file is part of this page: the owner of the page must correct it.');
      await expect(host(page)).not.toContainText('choose the file again');
    }
    await axe(page);
  });

  test('a missing policy is an error that can be retried', async ({ page, site }) => {
    await page.goto(site.page('small.html'));
    await ready(page);
    await host(page).evaluate((element) => (element.policies = [{ policy: 'none.placet', files: [] }]));
    await expect(host(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    expect(await host(page).evaluate((element) => element.events.at(-1)[0])).toBe('error');
    await axe(page);
  });
});

test.describe('if a file cannot be fetched', () => {
  test.use({ expectedErrors: /Failed to load resource/ });

  /** Refuses the next request for a file. */
  const refuse = (page, address) => page.route(address, (route) => route.fulfill({ status: 503, body: '' }), { times: 1 });

  test('a policy can be chosen again', async ({ page, site }) => {
    await refuse(page, '**/policies/counterterrorism-support.placetc');
    await page.goto(site.demo);
    await ready(page);
    await press(page, 'Counterterrorism support to Libyan armed groups');
    await expect(title(page)).toHaveText('An error occurred');
    await press(page, 'Try again');
    await press(page, 'Counterterrorism support to Libyan armed groups');
    await expect(host(page).getByLabel('Dossier', { exact: true })).toBeVisible();
  });

  test('a drawing can be opened again', async ({ page, site }) => {
    await refuse(page, '**/placet-author.wasm');
    await page.goto(site.demo);
    await ready(page);
    await press(page, 'Counterterrorism support to Libyan armed groups');
    await host(page).getByLabel('Dossier', { exact: true }).selectOption('Misratan battalion');
    await press(page, 'Open');
    await press(page, 'Choose none');
    await host(page).getByLabel('night vision goggles').check();
    await press(page, 'Continue');
    await page.getByText('Drawing of the rules').click();
    await expect(title(page)).toHaveText('An error occurred');
    await press(page, 'Try again');
    await page.getByText('Drawing of the rules').click();
    await expect(page.getByRole('group', { name: 'Drawing of the rules' }).locator('svg')).toBeVisible();
  });
});

test('a change of language keeps what was entered', async ({ page, site }) => {
  await page.goto(site.page('small.html'));
  await ready(page);
  await host(page).getByLabel('Name', { exact: true }).fill('Northern brigade');
  await page.evaluate(() => (document.documentElement.lang = 'fr'));
  await expect(host(page).getByLabel('Nom', { exact: true })).toHaveValue('Northern brigade');
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  await press(page, 'Begin with questions');
  await fillDay(host(page).getByRole('group', { name: 'For which day?' }), [15, 2, 2016]);
  await host(page).getByLabel('equipment', { exact: true }).uncheck();
  await page.evaluate(() => (document.documentElement.lang = 'ar'));
  await expect(host(page).locator('[type=checkbox]:not(:checked)')).toHaveCount(1);
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  await expect(host(page).getByLabel('Year')).toHaveValue('2016');
  await expect(host(page).getByLabel('equipment', { exact: true })).not.toBeChecked();
  await press(page, 'Continue');
  const radios = host(page).locator('[type=radio]');
  await expect(radios).not.toHaveCount(0);
  await radios.first().check();
  await page.evaluate(() => (document.documentElement.lang = 'fr'));
  await expect(host(page).getByRole('button', { name: 'Continuer' })).toBeVisible();
  await expect(radios.first()).toBeChecked();
});
