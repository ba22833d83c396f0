// Fixtures of the browser tests: the built package and the demo, served under the strictest content security policy,
// and a page that fails the test on any error.
//
//   import { axe, expect, ready, screenshot, test } from './fixtures.js';
//   test('…', async ({ page, site, seal }) => {
//     await page.goto(site.demo);                 // or site.page('many.html') for tests/browser/pages/many.html
//     await ready(page);
//     await axe(page);                            // no accessibility fault that axe knows of
//     await screenshot(page, 'start');            // screenshots/start-{phone,desk}-{light,dark}.png
//     seal();                                     // from here on any request fails the test
//   });
//
// Errors on the console, exceptions, violations of the content security policy, and requests to other servers fail
// every test; `test.use({ expectedErrors: /…/ })` allows errors that a test provokes.

import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import { serve, strict } from '../../demo/server.mjs';

export { expect };

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export const root = at('../../..');
export const dist = at('../../dist');

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

/** Pages named `blocked…` are not allowed to run WebAssembly. */
const policyFor = (path) => (path.includes('/blocked') ? strict.replace(" 'wasm-unsafe-eval'", '') : strict);

export const test = base.extend({
  expectedErrors: [/^$/, { option: true }],

  site: [
    async ({}, use) => {
      const { url, stop } = await serve(
        { '/': at('../../demo'), '/dist/': dist, '/pages/': at('pages'), '/pages/dist/': dist, '/rules/': at('../../../rules') },
        { policyFor },
      );
      await use({ url, demo: `${url}/`, page: (name) => `${url}/pages/${name}` });
      await stop();
    },
    { scope: 'worker' },
  ],

  watch: [
    async ({ page, site, expectedErrors }, use) => {
      const wrong = [];
      let sealed = false;
      const note = (what) => expectedErrors.test(what) || wrong.push(what);
      page.on('console', (message) => {
        const { url } = message.location();
        // Browsers request an icon by themselves.
        if (message.type() === 'error' && !url.endsWith('/favicon.ico')) note(`console: ${message.text()} (${url})`);
      });
      page.on('pageerror', (error) => note(`exception: ${error.stack ?? error}`));
      page.on('request', (request) => {
        const url = request.url();
        // A file that the page offers for download is not a request to a server.
        if (url.startsWith('blob:')) return;
        if (sealed) note(`request after load: ${url}`);
        else if (!url.startsWith(site.url) && !url.startsWith('file:')) note(`request to elsewhere: ${url}`);
      });
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`violates the content security policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await use({ seal: () => (sealed = true) });
      expect(wrong, 'what went wrong on the page').toEqual([]);
    },
    { auto: true },
  ],

  seal: async ({ watch }, use) => use(watch.seal),
});

/** Checks that axe finds no accessibility fault in the page in its current state. */
export async function axe(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const faults = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(faults, 'accessibility faults').toEqual([]);
}

/** Saves screenshots at the width of a phone and a desktop, in light and dark, for review. */
export async function screenshot(page, name) {
  const before = page.viewportSize();
  for (const [width, viewport] of Object.entries({ phone, desk })) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: at(`../../screenshots/${name}-${width}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/** Waits until an element on the page is ready to be used. */
export async function ready(page, selector = 'placet-eligibility') {
  await page.locator(selector).first().locator('h1').waitFor();
}
