// The result of a case, the drawing of its rules, and the matrix of several subjects.

import { axe, expect, ready, screenshot, test } from './fixtures.js';
import { provenance } from './answers.js';
import { answer, decisionOn, openResult, openUnsettled, openTranslated, openWeighed, part } from './results.js';

const heading = (page) => page.getByRole('heading', { level: 1 });

test('a settled verdict shows its reasons, rules and sources', async ({ page, site, seal }) => {
  await openResult(page, site, 'national-guard', 'misrata-battalion', { assistance: 'equipment' });
  seal();
  await expect(heading(page)).toHaveText('Not eligible for equipment');
  const sentence = 'Under Assistance to militias by way of a national guard, as of 15 February 2016, Misratan battalion is not eligible for equipment.';
  await expect(page.getByRole('paragraph').filter({ hasText: sentence })).toBeVisible();
  // A screen reader announces the sentence; the heading has the focus.
  await expect(page.getByRole('status').filter({ hasText: sentence })).toHaveText(sentence);
  await expect(page.getByText('This is advice; the decision lies with: Donor government.')).toBeVisible();

  const why = part(page, 'Reasons');
  await expect(why.getByRole('heading', { name: 'Aligned with an unrecognised authority' })).toBeVisible();
  await expect(why.locator('.facts').getByText('the group is aligned with an unrecognised authority')).toBeVisible();
  await expect(why.getByText('The Hill, mid 2015').first()).toBeVisible();
  await expect(why.getByText('1 June 2015').first()).toBeVisible();
  await why.getByText('The text of the rule').first().click();
  await expect(why.locator('pre').first()).toContainText('bar unrecognised-ally "Aligned with an unrecognised authority"');
  await why.getByText('Also sufficient by itself').click();
  await why.getByText('Outside any army and any recognised government', { exact: true }).click();
  await expect(why.locator('.facts').getByText('the group is not part of a formal army')).toBeVisible();

  await expect(part(page, 'What is missing or disputed')).toContainText('No open fact can change this verdict.');
  await expect(part(page, 'What is missing or disputed')).toContainText('If they change, the open facts under “\u2068To establish\u2069” must hold as well.');
  const changes = part(page, 'What would make it eligible');
  await expect(changes.getByRole('heading', { name: /To change/ })).toBeVisible();
  await expect(changes.getByText('End the alignment with the unrecognised authority.')).toBeVisible();
  await expect(part(page, 'Channel and obligations')).toContainText('National guard, man by man');

  const { policy, manifest } = await decisionOn(page);
  const record = part(page, 'About this decision');
  for (const text of [policy.id, policy.version, manifest.policy.sha256, manifest.dossiers[0].sha256, ...manifest.files.flatMap(({ name, sha256 }) => [name, sha256]), '15 February 2016', policy.authority, 'This is advice']) {
    await expect(record).toContainText(text);
  }
  await axe(page);
  await screenshot(page, 'result-ineligible');
});

test('the parts of the result are in order', async ({ page, site }) => {
  await openResult(page, site, 'national-guard', 'misrata-battalion', { assistance: 'equipment' });
  await expect(page.locator('.result h2')).toHaveText([
    'Reasons', 'What is missing or disputed', 'What would make it eligible', 'Channel and obligations',
    'All rules and their status', 'Sources', 'About this decision', 'Save or print',
  ]);
});

test('for an undetermined verdict, each open fact shows its outcomes and links to its question', async ({ page, site, seal }) => {
  await openUnsettled(page, site, { assistance: 'recognition' });
  seal();
  await expect(heading(page)).toHaveText('Undetermined for recognition');
  const missing = part(page, 'What is missing or disputed');
  const items = missing.locator('.missing > li');
  await expect(items).toHaveCount(2);
  await expect(missing.getByText('not known')).toHaveCount(2);
  for (const item of await items.all()) await expect(item).toContainText('If yes:');
  await expect(items.filter({ hasText: 'jihadist' })).toContainText('Not eligible');
  await axe(page);
  await screenshot(page, 'result-undetermined');

  await missing.getByRole('button', { name: /jihadist/ }).click();
  await expect(heading(page)).toContainText('jihadist');
  await expect(heading(page)).toBeFocused();
});

test('a fact that was answered with “I don’t know” stays open and can be answered later', async ({ page, site }) => {
  await openUnsettled(page, site, { assistance: 'recognition' });
  await answer(page, 'the subject', 'is jihadist');
  const missing = part(page, 'What is missing or disputed');
  await expect(missing.locator('.missing > li')).toHaveCount(2);
  await expect(part(page, 'Your answers')).toContainText('I don’t know');
  await missing.getByRole('button', { name: /jihadist/ }).click();
  await expect(heading(page)).toContainText('jihadist');
});

test('a question about an unnamed entity is listed, but cannot be asked yet', async ({ page, site }) => {
  await openResult(page, site, 'counterterrorism-support', 'libya-shields', { assistance: 'advisers', 'as-of': '2016-02-15' });
  const missing = part(page, 'What is missing or disputed');
  await missing.getByText(/more open facts/).click();
  const unnamed = missing.locator('.missing > li').filter({ hasText: /single chain of command\? \(the group's commander\)/ });
  await expect(unnamed).toContainText('To be asked once it is known who or what this is.');
  await expect(unnamed.getByRole('button')).toHaveCount(0);
});

test('an answer is shown and can be changed', async ({ page, site, seal }) => {
  await openUnsettled(page, site, { assistance: 'recognition' });
  seal();
  await answer(page, 'the subject', 'is jihadist', false);
  await answer(page, 'the unity government', 'is genuine', true);
  await expect(heading(page)).toHaveText('Eligible for recognition');
  await expect(part(page, 'Reasons')).toContainText('Every rule is met');
  await axe(page);
  await screenshot(page, 'result-eligible');

  const answers = part(page, 'Your answers');
  await expect(answers.locator('dl > div')).toHaveCount(2);
  await expect(answers.getByText('an officer · A1')).toHaveCount(2);
  await answers.getByRole('button', { name: /jihadist/ }).click();
  await expect(heading(page)).toContainText('jihadist');
});

test('a disputed fact shows the statements of each side', async ({ page, site }) => {
  await openResult(page, site, 'national-guard', 'libyan-national-army', { assistance: 'training' });
  const changes = part(page, 'What would make it eligible');
  await expect(changes.getByRole('heading', { name: 'Disputes to settle' })).toBeVisible();
  await expect(changes.getByRole('listitem').filter({ hasText: 'Yes · ' }).first()).toContainText('1 June 2015');
  await expect(changes.getByRole('listitem').filter({ hasText: 'No · ' }).first()).toContainText('14 November 2015');

  await openUnsettled(page, site, { assistance: 'recognition' });
  const statement = (value, source) => ({ value, told: source, grade: 'B2', date: '2016-02-01' });
  await answer(page, 'the subject', 'is jihadist', statement(true, 'a neighbour'), statement(false, 'an envoy'));
  const dispute = part(page, 'What is missing or disputed').getByRole('listitem').filter({ hasText: 'sources disagree' });
  await expect(dispute).toContainText('Yes · a neighbour');
  await expect(dispute).toContainText('No · an envoy');
  const given = part(page, 'Your answers');
  await expect(given).toContainText('Sources disagree');
  await expect(given.getByRole('listitem')).toContainText(['Yes · a neighbour · B2', 'No · an envoy · B2']);
  await expect(part(page, 'Sources').getByRole('listitem').filter({ hasText: /^(a neighbour|an envoy)$/ })).toHaveCount(2);
  await axe(page);
  await screenshot(page, 'result-disputed');
});

test('several types are grouped by verdict, and one is shown in full', async ({ page, site, seal }) => {
  await openResult(page, site, 'security-sector-roadmap', 'tripoli-armed-groups-2025');
  seal();
  await expect(heading(page)).toHaveText('Verdicts');
  const patrols = page.getByRole('button', { name: 'joint patrols' });
  await patrols.click();
  await expect(patrols).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('heading', { name: 'Undetermined for joint patrols' })).toBeFocused();
  await expect(page.getByText('The same applies to')).toBeVisible();
  await axe(page);
  await screenshot(page, 'result-several');
});

test('the tree of rules can be used by keyboard, and shows only decisive rules or all', async ({ page, site, seal }) => {
  await openResult(page, site, 'national-guard', 'misrata-battalion', { assistance: 'equipment' });
  seal();
  const tree = part(page, 'All rules and their status');
  const rules = tree.locator('.tree > li');
  const all = (await decisionOn(page)).subjects[0].verdicts[0].rules.length;
  await expect(tree.getByRole('status')).toHaveText(`2 of ${all} rules shown`);
  await expect(rules.filter({ visible: true })).toHaveCount(2);
  const only = tree.getByRole('checkbox', { name: 'Only decisive rules' });
  await only.focus();
  await page.keyboard.press('Space');
  await expect(tree.getByRole('status')).toHaveText(`${all} of ${all} rules shown`);
  await expect(rules.filter({ visible: true })).toHaveCount(all);

  const summary = rules.filter({ hasText: 'Outside any army' }).locator('summary').first();
  await summary.focus();
  await page.keyboard.press('Enter');
  await expect(rules.filter({ hasText: 'Outside any army' }).locator('.nodes').getByText('the group is not part of a formal army').first()).toBeVisible();
  await tree.getByRole('button', { name: 'Open all' }).click();
  await axe(page);
  await screenshot(page, 'result-tree');
});

test('the counts of changes match the lists', async ({ page, site }) => {
  await openResult(page, site, 'counterterrorism-support', 'misrata-battalion', { assistance: 'advisers' });
  const { subjects: [{ changes: texts, verdicts: [{ changes: [first] }] }] } = await decisionOn(page);
  const count = (kind) => first.filter((text) => texts.find((change) => change.text === text).kind === kind).length;
  const changes = part(page, 'What would make it eligible');
  expect(count('change') * count('establish')).toBeGreaterThan(0);
  await expect(changes.getByRole('heading', { name: `To change (${count('change')})` })).toBeVisible();
  await expect(changes.locator(':scope > .remedied > .facts > li')).toHaveCount(count('change'));
  const establish = changes.locator('details', { hasText: `To establish (${count('establish')})` });
  await expect(establish.locator('.facts > li')).toHaveCount(count('establish'));
});

test('a long title enlarges its row, and the status of the rule stays in it', async ({ page, site }) => {
  await page.setViewportSize({ width: 1100, height: 900 });
  await openResult(page, site, 'counterterrorism-support', 'misrata-battalion', { assistance: 'advisers' });
  await page.getByRole('checkbox', { name: 'Only decisive rules' }).uncheck();
  const rows = await page.locator('.tree > li').evaluateAll((rules) => rules.map((rule) => {
    const [row, title, badge] = [rule, ...rule.querySelector('.ruled').children].map((one) => one.getBoundingClientRect());
    return badge.top >= row.top && badge.bottom <= row.bottom && title.right <= badge.left;
  }));
  expect(rows).toHaveLength(28);
  expect(rows).not.toContain(false);
});

test('the drawing is shown under a content security policy that forbids inline styles', async ({ page, site, seal }) => {
  await openResult(page, site, 'national-guard', 'misrata-battalion', { assistance: 'equipment' });
  seal();
  await page.getByText('Drawing of the rules').click();
  const drawing = page.getByRole('group', { name: 'Drawing of the rules' });
  await expect(drawing.locator('svg')).toBeVisible();
  // A bar that does not apply is marked as met, and so is its false condition.
  const bar = drawing.locator('svg g').filter({ hasText: 'The adversary itself' });
  await expect(bar).toContainText('the group is part of ISIS (false)');
  await expect(bar.locator('.failed')).toHaveCount(0);
  // The legend is outside of the scrolled area, and fully visible on a phone.
  await page.setViewportSize({ width: 390, height: 844 });
  const legend = await page.getByText('✗ not as required').evaluate((one) => one.scrollWidth <= one.clientWidth && one.getBoundingClientRect().right <= innerWidth);
  expect(legend).toBe(true);
  // The style sheet of the drawing is applied: the card of a bar has a colour.
  const fill = await drawing.locator('svg .bar').first().evaluate((card) => getComputedStyle(card).fill);
  expect(fill).not.toBe('rgb(0, 0, 0)');
});

test('the names of bundled dossiers are English and marked as such', async ({ page, site }) => {
  await page.goto(site.demo);
  await ready(page);
  await page.evaluate(() => Object.assign(document.documentElement, { lang: 'ar', dir: 'rtl' }));
  await page.locator('placet-eligibility').locator('.card-button').first().click();
  const option = page.locator('placet-eligibility').getByRole('option', { name: 'Misratan battalion' });
  await expect(option).toHaveAttribute('lang', 'en');
  await expect(option).toHaveAttribute('dir', 'ltr');
  await expect(page.getByText('النصوص غير المترجمة معروضة بالإنجليزية.')).toBeVisible();
  await page.locator('placet-eligibility').getByLabel('الملف', { exact: true }).selectOption({ label: 'Misratan battalion' });
  await page.locator('placet-eligibility').getByRole('button', { name: 'فتح', exact: true }).click();
  await expect(page.locator('placet-eligibility').locator('[part="caption"] bdi').first()).toHaveAttribute('lang', 'en');
  await axe(page);
});

test.describe('the matrix', () => {
  const groups = ['misrata-battalion', 'ansar-al-sharia', 'libya-shields'];

  test('has a verdict in each cell, which links to its reasons', async ({ page, site, seal }) => {
    await openResult(page, site, 'air-support', groups, { 'as-of': '2016-02-15' });
    seal();
    await expect(heading(page)).toHaveText('Who is eligible for what');
    await expect(page.getByRole('row')).toHaveCount(groups.length + 1);
    await axe(page);
    await screenshot(page, 'matrix');
    await page.getByRole('button', { name: /Not eligible.*Misratan battalion.*recognition/ }).click();
    await expect(page.getByRole('heading', { name: 'Not eligible for recognition' })).toBeVisible();
  });

  test('can be filtered by verdict', async ({ page, site }) => {
    await openResult(page, site, 'air-support', groups, { 'as-of': '2016-02-15' });
    await page.getByRole('radio', { name: 'Not eligible' }).check();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('status').filter({ hasText: 'shown' })).toHaveText('6 verdicts on one subject shown');
  });

  test('does not overflow on a narrow page', async ({ page, site }) => {
    await page.setViewportSize({ width: 320, height: 700 });
    await openResult(page, site, 'air-support', groups, { 'as-of': '2016-02-15' });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(320);
    await expect(page.getByRole('row')).toHaveCount(groups.length + 1);
    await axe(page);
  });
});

for (const [language, direction] of [['fr', 'ltr'], ['ar', 'rtl']]) {
  test(`the result is available in ${language}`, async ({ page, site }) => {
    await openResult(page, site, 'national-guard', 'misrata-battalion', { assistance: 'equipment', language });
    await expect(page.locator('.frame')).toHaveAttribute('dir', direction);
    await expect(page.locator('.sources > li').first()).toContainText(language === 'ar' ? '، ' : ', ');
    await axe(page);
    await screenshot(page, `result-${language}`);
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });
}

test('a translated policy is shown in the language of the page, and untranslated texts are marked as English', async ({ page, site }) => {
  await openTranslated(page, site, 'fr');
  await expect(heading(page)).toContainText('formation');
  const why = page.locator('.result .part').first();
  await expect(why.getByRole('heading', { name: 'Maltraite des civils' })).toBeVisible();
  // The sentence of the fact is not translated, but its question is.
  await expect(why).toContainText('Le groupe maltraite-t-il des civils ? Oui');
  await expect(why).toContainText('le groupe n’est pas neutre');
  await expect(page.getByText('Quitter la coalition.').first()).toBeVisible();
  await expect(page.getByText('A guide to training').first()).toHaveAttribute('lang', 'en');
  await expect(page.getByText('Les textes sans traduction sont en anglais.')).toBeVisible();
  await expect(page.getByText('Le texte de la règle (en anglais)').first()).toBeVisible();
  await expect(page.getByLabel('Enregistrer ou copier en tant que').getByRole('option', { name: '(Markdown, en anglais)' })).toHaveCount(1);
  await axe(page);

  await openTranslated(page, site, 'ar');
  await expect(heading(page)).toContainText('التدريب');
  await expect(page.getByText('A guide to training').first()).toHaveAttribute('dir', 'ltr');
  await axe(page);
  await screenshot(page, 'result-translated');
});

test('concerns are shown beside the verdict', async ({ page, site }) => {
  await openWeighed(page, site);
  await expect(heading(page)).toHaveText('Eligible for equipment');
  await expect(page.locator('.verdict')).toContainText('One concern must be answered.');
  await expect(page.locator('.verdict')).toContainText('Whether one concern is raised is open.');
  const items = part(page, 'Concerns').locator(':scope > .facts > li');
  await expect(items).toHaveCount(3);
  await expect(items.nth(0)).toContainText('May deepen fractures');
  await expect(items.nth(0)).toContainText('must be answered · level high · Donor');
  await expect(items.nth(0)).toContainText('the group is in the capital');
  await expect(items.nth(0)).toContainText('Remedy: Record how the equipment is shared.');
  await expect(items.nth(0)).toContainText('A guide to equipment');
  await expect(items.nth(1)).toContainText('Is the group divided?');
  await expect(items.nth(2)).toContainText('not raised · level low');
  await expect(items.nth(2)).not.toContainText('Remedy');
  await axe(page);
  await screenshot(page, 'result-concerns');

  await openWeighed(page, site, 'ar');
  await expect(page.locator('.verdict')).toContainText('يوجد شاغل واحد يتطلب ردًّا.');
  await axe(page);
});

test('the result is usable with forced colours', async ({ page, site }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await openResult(page, site, 'national-guard', 'misrata-battalion', { assistance: 'equipment' });
  await expect(heading(page)).toHaveText('Not eligible for equipment');
  await axe(page);
});

test('presumptions are shown with the verdict and can be changed', async ({ page, site, seal }) => {
  await openResult(page, site, 'counterterrorism-support', '../disagreements/army-without-units', { assistance: 'intelligence' });
  seal();
  const verdict = page.locator('.verdict');
  await expect(verdict).toContainText('It depends on presumptions, since there are no statements:');
  await expect(verdict.getByRole('listitem')).toContainText(['the group does not collude with ISIS']);
  await verdict.getByRole('button', { name: /^Change: .*ISIS/ }).click();
  await page.getByRole('radio', { name: 'Yes', exact: true }).check();
  await provenance(page.getByRole('group', { name: 'Where does this come from?' }), { who: 'An officer' });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(heading(page)).toHaveText('Not eligible for intelligence');
  expect((await decisionOn(page)).subjects[0].verdicts[0].presumptions).toEqual([]);
});

test('facts of a dossier can be answered again even if the verdict is settled', async ({ page, site, seal }) => {
  await openTranslated(page, site, 'en');
  seal();
  const wouldChange = async () => (await decisionOn(page)).subjects[0].changes.map(({ text }) => text);
  expect(await wouldChange()).toContain('the group is neutral');
  const wanted = part(page, 'What would make it eligible');
  await wanted.getByRole('button', { name: /^Change: .*Is the group neutral/ }).click();
  await expect(page.getByText('Known so far:')).toBeVisible();
  await page.getByRole('radio', { name: 'Yes', exact: true }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(part(page, 'Your answers')).toContainText('Is the group neutral?');
  expect(await wouldChange()).not.toContain('the group is neutral');
});
