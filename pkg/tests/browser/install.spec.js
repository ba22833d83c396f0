// The installed package on pages: without a bundler, and with the most common bundlers. Each makes one decision, and
// the element shows its first page.

import { spawn } from 'node:child_process';
import { cpSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../../demo/server.mjs';
import { installPackage, tools } from '../install/project.js';
import { test as base, dist, expect, ready } from './fixtures.js';

const test = base.extend({
  project: [
    async ({}, use) => {
      const project = installPackage();
      cpSync(join(dist, '../demo/policies.json'), join(project.folder, 'public/libya.json'));
      cpSync(join(dist, '../demo/policies'), join(project.folder, 'public/policies'), { recursive: true });
      await use(project);
      project.remove();
    },
    { scope: 'worker' },
  ],
});

// The hosts use their own ports, and the pages of bundlers have inline scripts.
test.use({ expectedErrors: /^request to elsewhere: http:\/\/127\.0\.0\.1:/ });
test.describe.configure({ mode: 'default' });

async function expectDecision(page, url) {
  await page.goto(url);
  await expect(page.locator('output')).toHaveText('Misratan battalion: ineligible');
  await ready(page);
}

/** Serves a folder with the files that the page fetches; writes the page itself if the bundler does not. */
async function hosted(project, folder, visit, page) {
  const place = join(project.folder, folder);
  cpSync(join(project.folder, 'public'), place, { recursive: true });
  if (page) writeFileSync(join(place, 'index.html'), page);
  // The content security policy must not interfere with the bundler.
  const { url, stop } = await serve({ '/': place }, { policyFor: () => "default-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'" });
  try {
    await visit(url);
  } finally {
    await stop();
  }
}

/** The content of index.html with a bundled script. */
const bundled = (project) => readFileSync(join(project.folder, 'index.html'), 'utf8').replace('./src/page.js', 'page.js');

test('a plain page', async ({ page, project }) => {
  await hosted(project, '.', (url) => expectDecision(page, `${url}/plain.html`));
});

test('Vite, development server', async ({ page, project }) => {
  const vite = spawn(process.execPath, [join(tools, 'vite'), '--port', '0', '--host', '127.0.0.1', '--clearScreen', 'false'], { cwd: project.folder });
  try {
    const url = await new Promise((found, failed) => {
      let output = '';
      const listen = (text) => {
        output += String(text).replace(/\u001b\[\d*m/g, '');
        const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(output);
        if (address) found(address[0]);
      };
      vite.stdout.on('data', listen);
      vite.stderr.on('data', listen);
      vite.on('exit', () => failed(new Error(output)));
    });
    await expectDecision(page, url);
  } finally {
    vite.kill();
  }
});

test('Vite, production build', async ({ page, project }) => {
  project.run('vite', 'build', '--outDir', 'out-vite', '--target', 'es2022');
  await hosted(project, 'out-vite', (url) => expectDecision(page, `${url}/`));
});

test('webpack', async ({ page, project }) => {
  project.run('webpack', '--config', 'webpack.config.js');
  await hosted(project, 'out-webpack', (url) => expectDecision(page, `${url}/`), bundled(project));
});

test('esbuild', async ({ page, project }) => {
  project.run('esbuild', 'src/page-esbuild.js', '--bundle', '--format=esm', '--minify', '--loader:.wasm=file', '--outfile=out-esbuild/page.js');
  await hosted(project, 'out-esbuild', (url) => expectDecision(page, `${url}/`), bundled(project));
});
