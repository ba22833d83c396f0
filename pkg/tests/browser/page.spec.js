// The demo, the page that is one file, and pages of hosts that allow much or little.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { axe, dist, expect, ready, screenshot, test } from './fixtures.js';

test.describe('the demo', () => {
  test('opens, without a fault of accessibility', async ({ page, site }) => {
    await page.goto(site.demo);
    await ready(page);
    await axe(page);
    await screenshot(page, 'demo');
  });

  test('speaks French and Arabic', async ({ page, site }) => {
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

test('the page that is one file works from a disk', async ({ page, seal }) => {
  await page.goto(pathToFileURL(join(dist, 'standalone.html')).href);
  seal();
  await ready(page);
});
