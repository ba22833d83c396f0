// A verdict by questions: one per page; answers can be open, disputed, taken back and changed.

import { GOOD, answerAll, begin, choose, decision, fillDay, host, press, provenance, title, verdicts } from './answers.js';
import { axe, expect, ready, screenshot, test } from './fixtures.js';

test('questions lead to a verdict, without accessibility faults', async ({ page, site, seal }) => {
  await begin(page, site);
  seal();
  const asked = await answerAll(page, GOOD, async () => {
    await axe(page);
    await expect(title(page)).toBeFocused();
  });
  expect(asked.sort()).toEqual(Object.keys(GOOD).sort());
  expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
  const events = await host(page).evaluate((element) => element.events.map(([name]) => name));
  expect(events.filter((name) => name === 'answer')).toHaveLength(7);
  expect(events.at(-1)).toBe('decision');
});

test('a question shows what counts, why it is asked, and the text of the rule', async ({ page, site }) => {
  await begin(page, site);
  const reached = 'Does the group accept civilian control?';
  await answerAll(page, Object.fromEntries(Object.entries(GOOD).filter(([question]) => question !== reached)));
  await expect(title(page)).toHaveText(reached);
  await expect(host(page)).toContainText('What counts: A public, dated declaration.');
  await host(page).getByText('Why is this asked?').click();
  await expect(host(page)).toContainText('Under civilian control');
  await expect(host(page)).toContainText('needs the group accepts civilian control');
  await expect(host(page)).toContainText(/Memorandum of the ministry, 2016, line .?3.? · stated by its author/);
  await axe(page);
  await screenshot(page, 'question-why');
});

test('a source can be given even if none is required', async ({ page, site }) => {
  await begin(page, site);
  const who = host(page).locator('details.more').getByLabel('Who says so?');
  const sourced = {
    ...GOOD,
    'Does the group accept civilian control?': async () => {
      const open = host(page).getByText('Your own assessment; a source is optional');
      await expect(open).toBeHidden();
      await choose('Yes')(page);
      await open.click();
      await who.fill('A liaison officer');
      await axe(page);
      await screenshot(page, 'question-own-assessment');
    },
  };
  await answerAll(page, sourced);
  expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
  const { subjects } = await decision(page);
  expect(subjects[0].statements.find(({ fact }) => fact === 'accepts civilian control').told).toBe('A liaison officer');
  await host(page).getByRole('button', { name: /Change.*civilian control/ }).first().click();
  await expect(who).toHaveValue('A liaison officer');
  await who.fill('');
  await press(page, 'Continue');
  const again = await decision(page);
  expect(again.subjects[0].statements.find(({ fact }) => fact === 'accepts civilian control').told ?? null).toBeNull();
});

test('the browser asks for confirmation only before answers are lost', async ({ page, site }) => {
  const asked = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.accept();
  });
  const start = async () => {
    await page.goto(site.demo);
    await ready(page);
    await press(page, 'Counterterrorism support to Libyan armed groups');
    await host(page).getByLabel('Name', { exact: true }).fill('A brigade');
    await press(page, 'Begin with questions');
    await fillDay(host(page).getByRole('group', { name: 'For which day?' }), [15, 2, 2016]);
    await press(page, 'Continue');
  };
  const answer = async () => {
    await choose('I don’t know')(page);
    await press(page, 'Continue');
    await expect(host(page).locator('[part="progress"]')).toContainText('One question answered');
  };
  await start();
  await page.reload();
  expect(asked).toEqual([]);
  await start();
  await answer();
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
  await start();
  await answer();
  await press(page, 'Clear everything');
  await host(page).getByRole('dialog').getByRole('button', { name: 'Clear everything' }).click();
  await page.reload();
  expect(asked).toEqual(['beforeunload']);
});

test('“I don’t know” leaves a verdict open, and is not asked again', async ({ page, site }) => {
  await begin(page, site);
  await answerAll(page, Object.fromEntries(Object.keys(GOOD).map((question) => [question, choose('I don’t know')])));
  expect(await verdicts(page)).toEqual({ training: 'undetermined', equipment: 'undetermined' });
  await expect(host(page).locator('[part~="verdict"]').first()).toContainText('Undetermined');
});

test('a changed answer keeps the others, and no question is asked twice', async ({ page, site }) => {
  await begin(page, site);
  await answerAll(page);
  await host(page).getByRole('button', { name: /Change.*civilian control/ }).first().click();
  await expect(title(page)).toHaveText('Does the group accept civilian control?');
  await expect(host(page).getByLabel('Yes', { exact: true }).first()).toBeChecked();
  await choose('No')(page);
  await press(page, 'Continue');
  expect(await verdicts(page)).toEqual({ training: 'ineligible', equipment: 'ineligible' });
  expect(await host(page).evaluate((element) => element.answers.length)).toBe(7);
});

test('after a change, only new relevant questions are asked', async ({ page, site }) => {
  await begin(page, site);
  await answerAll(page);
  await host(page).getByRole('button', { name: /Change.*Who commands/ }).first().click();
  await choose('A name')(page);
  await host(page).getByLabel('Name', { exact: true }).first().fill('Colonel Q');
  await press(page, 'Continue');
  await expect(title(page)).toHaveText('Has this person been convicted? (Colonel Q)');
  await axe(page);
  await choose('Yes')(page);
  await press(page, 'Continue');
  expect((await verdicts(page)).training).toBe('ineligible');
});

test('Back shows the earlier answer', async ({ page, site }) => {
  await begin(page, site);
  const [first] = [await title(page).textContent()];
  await GOOD[first](page);
  await press(page, 'Continue');
  await expect(title(page)).not.toHaveText(first);
  await press(page, 'Back');
  await expect(title(page)).toHaveText(first);
  await expect(host(page).locator('form input:checked').first()).toBeVisible();
  await press(page, 'Back');
  await expect(title(page)).toHaveText('What should be decided?');
});

test('an invalid answer is reported above the page and at its field', async ({ page, site }) => {
  await begin(page, site);
  await press(page, 'Continue');
  const summary = host(page).getByRole('alert');
  await expect(summary).toBeFocused();
  await axe(page);
  await screenshot(page, 'question-mistake');
  await summary.getByRole('button').first().click();
  await expect(host(page).locator('[aria-invalid]').first()).toBeFocused();
});

test('numbers and dates can be known in part', async ({ page, site }) => {
  await begin(page, site);
  const part = {
    ...GOOD,
    'How many fighters does the group have?': async () => {
      await host(page).getByLabel('How exactly is it known?').first().selectOption('at_least');
      // Arabic digits are accepted.
      await host(page).getByLabel('fighters').first().fill('٦٠');
      await axe(page);
    },
    'When was the group last vetted?': async () => {
      await host(page).getByLabel('How exactly is it known?').first().selectOption('between');
      const days = host(page).getByRole('group', { name: /^(Date|and)$/ });
      await fillDay(days.nth(0), [1, 12, 2015]);
      await fillDay(days.nth(1), [1, 2, 2016]);
      await axe(page);
    },
  };
  await answerAll(page, part);
  expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
  const answers = await host(page).evaluate((element) => element.answers);
  const valueOf = (fact) => answers.find((answer) => answer.fact === fact).statements[0].value;
  expect(valueOf('headcount')).toEqual({ at_least: 60 });
  expect(valueOf('last vetting')).toEqual({ between: ['2015-12-01', '2016-02-01'] });
});

test('people can be named, and the list can be complete', async ({ page, site }) => {
  await begin(page, site);
  const named = {
    ...GOOD,
    'Who leads the group?': async () => {
      await choose('Name them')(page);
      const name = host(page).getByLabel('Name', { exact: true }).first();
      await name.fill('Colonel Q');
      await name.press('Enter');
      await name.fill('القائد');
      await press(page, 'Add');
      await press(page, 'Remove القائد');
      await choose('There are no others')(page);
      await axe(page);
      await screenshot(page, 'question-names');
    },
    'Has this person been convicted? (Colonel Q)': choose('No'),
  };
  const asked = await answerAll(page, named);
  expect(asked).toContain('Has this person been convicted? (Colonel Q)');
  expect((await verdicts(page)).training).toBe('eligible');
});

test('each of several sources is entered, and a rival does not count if the standard excludes rivals', async ({ page, site }) => {
  await begin(page, site);
  const disputed = {
    ...GOOD,
    'Does the group work with outlaws?': async () => {
      await choose('Sources disagree')(page);
      for (const [number, value, where] of [
        [1, 'Yes', { who: 'A border guard', reliability: 'B', credibility: '2', day: [20, 1, 2016] }],
        [2, 'No', { who: 'Memorandum of the ministry, 2016', reliability: 'C', credibility: '2', day: [1, 2, 2016] }],
      ]) {
        const source = host(page).getByRole('group', { name: `Source ${number}` });
        await source.getByLabel(value, { exact: true }).check();
        await provenance(source, where);
      }
      await axe(page);
      await screenshot(page, 'question-sources');
    },
  };
  await answerAll(page, disputed);
  expect(await verdicts(page)).toEqual({ training: 'undetermined', equipment: 'undetermined' });
  const { subjects } = await decision(page);
  const sides = subjects[0].statements.filter(({ fact }) => fact === 'works with outlaws');
  expect(sides.map(({ told, source, grade, date }) => [told ?? source, grade, date])).toEqual([['A border guard', 'B2', '2016-01-20'], ['memo', 'C2', '2016-02-01']]);

  // Mark the border guard as a rival.
  await host(page).getByRole('button', { name: /Change.*outlaws/ }).first().click();
  await host(page).getByRole('group', { name: 'Source 1' }).getByLabel('A rival says so').check();
  await press(page, 'Continue');
  expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
});

test('a dispute in a dossier shows each side, and an answer settles it', async ({ page, site }) => {
  await page.goto(`${site.page('small.html')}?shelf`);
  await ready(page);
  await host(page).getByLabel('Dossier', { exact: true }).selectOption('Disputed brigade');
  await press(page, 'Open');
  await press(page, 'Continue');
  expect(await verdicts(page)).toEqual({ training: 'undetermined', equipment: 'undetermined' });
  await press(page, 'Does the group work with outlaws?');
  const known = host(page).locator('[part~="known"]');
  await expect(known.getByRole('listitem')).toHaveText([/Yes.*a border guard.*B2 – usually reliable, probably true.*20 January 2016/, /No.*Memorandum of the ministry, 2016, line .?21.?.*C2.*1 February 2016/]);
  await axe(page);
  await screenshot(page, 'question-disputed');
  // The statements of both sides are filled in.
  await choose('Sources disagree')(page);
  await expect(host(page).getByRole('group', { name: 'Source 1' }).getByLabel('Who says so?')).toHaveValue('a border guard');
  await host(page).getByRole('group', { name: 'Source 1' }).getByLabel('How reliable is the source?').selectOption('E');
  await press(page, 'Continue');
  expect(await verdicts(page)).toEqual({ training: 'eligible', equipment: 'eligible' });
});

test('a disagreement of sources can be entered without their statements', async ({ page, site }) => {
  await begin(page, site);
  const bare = {
    ...GOOD,
    'Does the group accept civilian control?': async () => {
      await choose('Sources disagree')(page);
      await press(page, 'Remove this source');
      await press(page, 'Continue');
      await expect(host(page).getByRole('alert')).toContainText('Add a second source');
      await press(page, 'Remove this source');
    },
  };
  await answerAll(page, bare);
  expect((await verdicts(page)).training).toBe('undetermined');
});

test('the result can be shown before all questions are answered, and the questions continued', async ({ page, site }) => {
  await begin(page, site);
  await press(page, 'Show the result so far');
  expect((await verdicts(page)).training).toBe('undetermined');
  await press(page, 'Go on with the questions');
  await answerAll(page);
  expect((await verdicts(page)).training).toBe('eligible');
});

test('a verdict can be reached with the keyboard alone', async ({ page, site }) => {
  await page.goto(site.page('small.html'));
  await host(page).getByRole('heading', { level: 1 }).waitFor();
  const focused = () => page.evaluate(() => {
    const { activeElement } = document.querySelector('placet-eligibility').shadowRoot;
    return activeElement?.labels?.[0]?.textContent ?? activeElement?.textContent ?? '';
  });
  /** Presses Tab until the control with that label has the focus. */
  async function tabTo(label) {
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()) === label) return;
    }
    throw new Error(`no way to ${label} by keyboard`);
  }
  await tabTo('Name');
  await page.keyboard.type('Northern brigade');
  await page.keyboard.press('Enter');
  await tabTo('Day');
  await page.keyboard.type('15');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2016');
  await page.keyboard.press('Enter');
  for (let count = 0; count < 12 && !(await decision(page)); count += 1) {
    const before = await title(page).textContent();
    // The heading has the focus; the answers come next.
    await page.keyboard.press('Tab');
    const first = await focused();
    if (['Yes', 'broad'].includes(first)) {
      await page.keyboard.press('Space');
    } else {
      // Going up from the first answer, the option before the last is “I don’t know”.
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      if ((await focused()).startsWith('Sources')) await page.keyboard.press('ArrowUp');
    }
    if (before.includes('outlaws')) {
      await tabTo('Who says so?');
      await page.keyboard.type('A memorandum');
      await tabTo('How reliable is the source?');
      await page.keyboard.press('b');
      await page.keyboard.press('Tab');
      await page.keyboard.press('2');
      await tabTo('Day');
      await page.keyboard.type('1');
      await page.keyboard.press('Tab');
      await page.keyboard.type('2');
      await page.keyboard.press('Tab');
      await page.keyboard.type('2016');
    }
    await tabTo('Continue');
    await page.keyboard.press('Enter');
    await expect(title(page)).not.toHaveText(before);
  }
  expect(await decision(page)).not.toBeNull();
});

test('a narrow page does not overflow', async ({ page, site }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await begin(page, site);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await answerAll(page, GOOD, async () => {
    await choose('Sources disagree')(page);
    expect(await wide()).toBeLessThanOrEqual(0);
  });
});

test('after a crash the answers are kept and a notice is shown; after two crashes an error is shown and can be retried', async ({ page, site }) => {
  // The engine, with a crash each time one is requested.
  await page.route('**/dist/placet-author.js', (route) => route.fulfill({
    contentType: 'text/javascript',
    body: `
      import * as real from './placet-author.js?whole';
      export * from './placet-author.js?whole';
      export { default } from './placet-author.js?whole';
      const breaking = (object) => new Proxy(object, {
        get(target, name) {
          const value = target[name];
          if (typeof value !== 'function') return value;
          return (...given) => {
            if (name === 'interview' && globalThis.breakdowns-- > 0) throw new real.PlacetError('crashed', 'it broke down');
            const result = value.apply(target, given);
            return name === 'open' || name === 'begin' ? breaking(result) : result;
          };
        },
      });
      export const openPolicy = (source) => breaking(real.openPolicy(source));`,
  }));
  await begin(page, site);
  const first = await title(page).textContent();
  await GOOD[first](page);
  await page.evaluate(() => (globalThis.breakdowns = 1));
  await press(page, 'Continue');
  await expect(title(page)).not.toHaveText(first);
  await expect(host(page)).toContainText('your answers were kept');
  await axe(page);
  const second = await title(page).textContent();
  await GOOD[second](page);
  await page.evaluate(() => (globalThis.breakdowns = 2));
  await press(page, 'Continue');
  await expect(title(page)).toHaveText('This could not be computed');
  await axe(page);
  await press(page, 'Try again');
  await expect(title(page)).toHaveText(second);
  await answerAll(page);
  expect((await verdicts(page)).training).toBe('eligible');
});
