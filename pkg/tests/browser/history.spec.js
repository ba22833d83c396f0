// The browser's Back: the element uses the history only if the page allows it; and a form restores the answers when the
// official returns to the page.

import { answerOne, answersOf, awayAndBack, begin, beginHere, host, title } from './answers.js';
import { expect, ready, test } from './fixtures.js';

test('the element does not use the history of the page by default', async ({ page, site }) => {
  await begin(page, site);
  const before = await page.evaluate(() => [history.length, history.state]);
  await answerOne(page);
  expect(await page.evaluate(() => [history.length, history.state])).toEqual(before);
});

test('if the page allows it, Back goes through the questions and keeps the answers', async ({ page, site }) => {
  await page.goto(site.page('small.html'));
  await ready(page);
  await page.evaluate(() => history.replaceState({ theirs: 1 }, ''));
  await host(page).evaluate((element) => element.setAttribute('history', ''));
  await beginHere(page);
  const first = await answerOne(page);
  const second = await answerOne(page);
  const third = await title(page).textContent();
  const { url } = await page.evaluate(() => ({ url: location.href, state: history.state }));
  await page.goBack();
  await expect(title(page)).toHaveText(second);
  await expect(title(page)).toBeFocused();
  await page.goBack();
  await expect(title(page)).toHaveText(first);
  expect(await answersOf(page)).toBe(2);
  await expect(host(page).locator('input:checked').first()).toBeVisible();
  await page.goForward();
  await page.goForward();
  await expect(title(page)).toHaveText(third);
  // Neither the address nor the history contains an answer, and the page's own history state is kept.
  const state = await page.evaluate(() => history.state);
  expect(state).toEqual({ theirs: 1, 'placet-1': expect.any(Number) });
  expect(page.url()).toBe(url);
  await page.goBack();
  await page.goBack();
  await page.goBack();
  await expect(title(page)).toHaveText('What should be decided?');
  await page.goBack();
  await expect(title(page)).toHaveText('Who is it about?');
});

test('Back does not restore cleared answers', async ({ page, site }) => {
  await page.goto(site.page('small.html'));
  await ready(page);
  await host(page).evaluate((element) => element.setAttribute('history', ''));
  await beginHere(page);
  await answerOne(page);
  await host(page).evaluate((element) => element.clear());
  await page.goBack();
  await expect(title(page)).toHaveText('Who is it about?');
  expect(await answersOf(page)).toBe(0);
});

test('a page that Back loads again restores its answers', async ({ page, site }) => {
  expect(await awayAndBack(page, site)).toBe(false);
});
