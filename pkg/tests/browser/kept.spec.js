// A page in the browser's back-forward cache, which Playwright disables by default.

import { awayAndBack } from './answers.js';
import { expect, test } from './fixtures.js';

test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }) });

test('a page in the back-forward cache keeps its answers', async ({ page, site }) => {
  expect(await awayAndBack(page, site)).toBe(true);
});
