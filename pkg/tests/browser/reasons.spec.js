// The explanation of complex verdicts: rules that fail only together, disputes, evidence standards, and alternative
// changes.

import { host, title } from './answers.js';
import { axe, expect, ready, screenshot, test } from './fixtures.js';
import { decisionOn, openResult, part } from './results.js';

const policy = (rules) => `policy "Training"
  id       example.training
  version  1
  about    group

source memo "Memorandum of the ministry"
  url "https://example.org/memo"

assistance training

kind group "armed group"
  accepts civilian control : yes or no
    ask "Does the group accept civilian control?"
  is neutral : yes or no
    ask "Is the group neutral?"

${rules}`;

/** Shows a policy in a language, and a dossier if one is given. */
async function show(page, site, text, statements, language = 'en') {
  await page.goto(site.page('small.html'));
  await ready(page);
  await page.evaluate((lang) => (document.documentElement.lang = lang), language);
  await host(page).evaluate((element, [files, dossier]) => {
    element.policies = [{ policy: 'training.placet', files: [{ name: 'training.placet', text: files }] }];
    if (dossier) element.dossiers = [{ name: 'mine.placet', text: `dossier mine "My brigade"\n  about    group\n  as of    2016-02-15\n\n${dossier}` }];
  }, [text, statements]);
}

const CONTRARY = policy(`requirement control "Under civilian control"
  needs the group accepts civilian control

bar independence "Gives up its independence"
  when the group accepts civilian control
`);

for (const [language, why, sentence] of [
  ['en', 'Reasons', 'Each of these rules could still be met by itself, but never all of them together:'],
  ['fr', 'Raisons', 'Chacune de ces règles pourrait encore être respectée à elle seule, mais jamais toutes ensemble\u00a0:'],
  ['ar', 'الأسباب', 'يمكن استيفاء كل من هاتين القاعدتين وحدها، ولا يمكن استيفاؤهما معًا أبدًا:'],
]) {
  test(`rules that fail only together are explained in ${language}`, async ({ page, site }) => {
    await show(page, site, CONTRARY, '  - the group is neutral\n', language);
    const reasons = part(page, why);
    await expect(reasons.getByText(sentence)).toBeVisible();
    for (const rule of ['Under civilian control', 'Gives up its independence']) await expect(reasons.getByText(rule, { exact: true })).toBeVisible();
    // Only these rules decide.
    await expect(host(page).locator('.tree > li').filter({ visible: true })).toHaveCount(2);
    await axe(page);
    await screenshot(page, `reasons-together-${language}`);
  });
}

test('a dispute that the verdict depends on comes first, even if a change does not need it', async ({ page, site }) => {
  const either = policy(`requirement either "One or the other"
  needs any of
    - the group is neutral
    - the group accepts civilian control
`);
  const disputed = (fact, contrary) => `  - the group ${fact}\n      from "a neighbour"\n  - the group ${contrary}\n      from "an envoy"\n`;
  for (const statements of [
    disputed('is neutral', 'is not neutral'),
    disputed('accepts civilian control', 'does not accept civilian control'),
  ]) {
    await show(page, site, either, statements);
    const changes = part(page, 'What would make it eligible');
    await expect(changes.getByRole('heading').nth(1)).toHaveText(/^Disputes to settle/);
    await expect(changes).toContainText(/Settle it first|Settle these first/);
    await expect(changes.getByRole('listitem').filter({ hasText: 'an envoy' }).first()).toBeVisible();
  }
  await axe(page);
  await screenshot(page, 'reasons-disputed');
});

test('an evidence standard is explained at each fact that is read under it', async ({ page, site }) => {
  const careful = `evidence standard careful
  rated C3 or better
  from the last 24 months
  not from rivals of the subject

requirement neutral "Neutral"
  on careful
  needs the group is neutral
`;
  await show(page, site, policy(careful), '  - the group accepts civilian control\n');
  const item = part(page, 'What is missing or disputed').locator('.missing > li').first();
  await item.getByText('Read under the evidence standard').click();
  await expect(item).toContainText('defines which statements count for a rule');
  await expect(item.locator('details li')).toHaveText([
    /^It is rated .C3. or better: source .fairly reliable., information .possibly true.\.$/,
    /^It is from the last .24 months. before the day of the decision\.$/,
    'It does not come from a rival.',
  ]);
  await axe(page);
  await screenshot(page, 'reasons-standard');
});

test('other changes take a line each and unfold', async ({ page, site }) => {
  await openResult(page, site, 'counterterrorism-support', 'misrata-battalion', { assistance: 'advisers' });
  const others = part(page, 'What would make it eligible').locator('details', { hasText: '4 other ways' }).first();
  await others.getByText('4 other ways').click();
  const ways = others.locator(':scope > ul > li > details');
  await expect(ways).toHaveCount(4);
  for (const way of await ways.all()) {
    expect((await way.boundingBox()).height).toBeLessThan(90);
    await expect(way.getByText('In place of:')).toBeHidden();
  }
  const { subjects: [{ verdicts: [{ changes: [first, ...rest] }] }] } = await decisionOn(page);
  const taken = rest.map((way) => way.filter((text) => !first.includes(text)).length);
  const most = Math.max(...taken);
  expect(most).toBeGreaterThan(1);
  const longest = ways.nth(taken.indexOf(most));
  await longest.locator('summary').click();
  await expect(longest.locator('ul').first().getByRole('listitem')).toHaveCount(most);
  await expect(longest.getByText('In place of:')).toBeVisible();
  await axe(page);
  await screenshot(page, 'reasons-ways');
});

test('a citation names the document and its line, and links to the document if its address is known', async ({ page, site }) => {
  await show(page, site, policy('requirement neutral "Neutral"\n  needs the group is neutral\n  cite memo line 3, stated\n'), '  - the group is not neutral\n      from memo line 20\n');
  const why = part(page, 'Reasons');
  const links = why.getByRole('link', { name: 'Memorandum of the ministry' });
  await expect(links).toHaveCount(2);
  await expect(links.first()).toHaveAttribute('href', 'https://example.org/memo');
  await expect(why).toContainText(/Memorandum of the ministry, line .20/);
  await expect(part(page, 'Sources')).toContainText('as the authors of the policy counted them');
  // Line numbers are not shown without a citation.
  await expect(part(page, 'Sources')).not.toContainText('19');
});

test('a day on which the policy is not in force is an error, and another day can be chosen', async ({ page, site }) => {
  for (const [day, message] of [['2015-06-01', /This policy applies from .1 January 2016/], ['5/3/2026', /“.?5\/3\/2026.?” is not a date: the page must write dates as 2026-03-05\./], ['2016-02-31', /“.?2016-02-31.?” is not a date/]]) {
    await page.goto(site.page('small.html'));
    await ready(page);
    await host(page).evaluate((element, asOf) => {
      element.asOf = asOf;
      element.dossiers = [{ name: 'mine.placet', text: 'dossier mine "My brigade"\n  about group\n  as of 2016-02-15\n\n  - the group accepts civilian control\n' }];
    }, day);
    await expect(title(page)).toHaveText('No decision is possible for that day');
    await expect(host(page)).toContainText(message);
    await axe(page);
    await host(page).getByRole('button', { name: 'Choose another day' }).click();
    await expect(title(page)).toHaveText('What should be decided?');
    // An invalid day is not put into the fields.
    await expect(host(page).getByLabel('Day', { exact: true })).toHaveValue(day === '2015-06-01' ? '1' : '15');
  }
  await beginAgain(page);
});

/** Enters a day within the period and checks that it leads to the result. */
async function beginAgain(page) {
  const day = host(page).getByRole('group', { name: 'For which day?' });
  for (const [label, text] of [['Day', '15'], ['Month', '2'], ['Year', '2016']]) await day.getByLabel(label, { exact: true }).fill(text);
  await host(page).getByRole('button', { name: 'Continue' }).click();
  await expect(title(page)).toHaveText('Verdicts');
}
