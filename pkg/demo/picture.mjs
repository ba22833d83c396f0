// Takes the picture in the project's README: `npm --prefix pkg run picture`, after a build.

import { chromium } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { serve } from './server.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const { url, stop } = await serve({ '/': at('.'), '/dist/': at('../dist') });
const browser = await chromium.launch({
  executablePath: process.env.PLACET_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'],
});
const page = await browser.newPage({ viewport: { width: 800, height: 1200 }, deviceScaleFactor: 1.5 });
await page.goto(url);
await page.getByText('Counterterrorism support to Libyan armed groups').click();
await page.getByLabel('Dossier').first().selectOption({ label: 'Misratan battalion' });
await page.getByRole('button', { name: 'Open' }).first().click();
await page.getByRole('button', { name: 'Continue' }).click();
await page.getByRole('heading', { name: 'Verdicts' }).waitFor();
await page.screenshot({ path: at('verdict.png') });
await browser.close();
await stop();
