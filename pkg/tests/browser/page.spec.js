// The demo, the standalone page, and host pages with strict and lax policies.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { host, press, title, verdicts } from './answers.js';
import { axe, dist, expect, ready, screenshot, test } from './fixtures.js';

test.describe('the demo', () => {
  test('opens without accessibility faults', async ({ page, site }) => {
    await page.goto(site.demo);
    await ready(page);
    await axe(page);
    await screenshot(page, 'demo');
  });

  test('supports French and Arabic', async ({ page, site }) => {
    await page.goto(site.demo);
    await ready(page);
    for (const [language, name, direction] of [['fr', 'Français', 'ltr'], ['ar', 'العربية', 'rtl']]) {
      await page.getByRole('button', { name }).click();
      await expect(page.locator('html')).toHaveAttribute('dir', direction);
      await axe(page);
      await screenshot(page, `demo-${language}`);
    }
  });
});

test('the standalone page decides from a disk, without network requests', async ({ page, seal }) => {
  await page.goto(pathToFileURL(join(dist, 'standalone.html')).href);
  await ready(page);
  seal();
  await press(page, 'Assistance to militias by way of a national guard');
  await host(page).getByLabel('Dossier', { exact: true }).selectOption('Misratan battalion');
  await press(page, 'Open');
  await press(page, 'Continue');
  expect((await verdicts(page)).equipment).toBe('ineligible');
  await page.getByRole('button', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(title(page)).toContainText(/[\u0600-\u06ff]/);
  await axe(page);
  await screenshot(page, 'standalone');
});

test.describe('if WebAssembly is blocked', () => {
  // The browser logs these errors; the page must also show one to the official.
  test.use({ expectedErrors: /WebAssembly|content security policy/i });

  test('the element shows an error', async ({ page, site }) => {
    await page.goto(site.page('blocked.html'));
    await expect(page.locator('placet-eligibility')).toContainText(/WebAssembly/);
    await axe(page);
    await screenshot(page, 'blocked');
  });
});

test('twenty elements on one page share one engine', async ({ page, site, seal }) => {
  const engines = [];
  page.on('request', (request) => request.url().endsWith('.wasm') && engines.push(request.url()));
  await page.goto(site.page('many.html'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(20);
  seal();
  // Each element has its own state.
  const last = page.locator('placet-eligibility').last();
  await last.getByRole('button').first().click();
  expect(new Set(engines).size).toBeLessThanOrEqual(2);
});
