// A page that the browser keeps as it was while the official is elsewhere. Playwright has it keep none unless told to.

import { awayAndBack } from './answers.js';
import { expect, test } from './fixtures.js';

test.use({ launchOptions: async ({ launchOptions }, use) => use({ ...launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] }) });

test('a page that is kept has its answers still', async ({ page, site }) => {
  expect(await awayAndBack(page, site)).toBe(true);
});
