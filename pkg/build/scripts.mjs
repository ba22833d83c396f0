// Bundles the engine's API and the element, each as one module.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { minify } from 'terser';
import { dist, pkg } from './place.mjs';
import { brotliSize, kilobytes } from './size.mjs';
import { wordsPlugin } from './words.mjs';

// The browsers of 2023: the oldest that support adopted style sheets and form-associated elements.
const browsers = ['chrome111', 'firefox115', 'safari16.4'];

const shared = { bundle: true, format: 'esm', target: browsers, legalComments: 'none', charset: 'utf8', logLevel: 'warning' };

/** Lets a script import a style sheet as a minified text. */
export const stylePlugin = {
  name: 'style',
  setup({ onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      const { code, warnings } = await transform(css, { loader: 'css', minify: true, target: browsers, charset: 'utf8' });
      return { contents: code.trim(), loader: 'text', warnings };
    });
  },
};

/** Keeps the engines separate modules, which the element shares with other code on the page. */
const enginePlugin = {
  name: 'engine',
  setup({ onResolve }) {
    onResolve({ filter: /\/engine\/(placet|author)\.js$/ }, ({ kind, path }) => {
      return kind === 'entry-point' ? undefined : { path: path.endsWith('author.js') ? './placet-author.js' : './placet.js', external: true };
    });
  },
};

export async function bundleScripts() {
  // Do not limit the line length: Vite finds the wasm file only if `new URL(…)` is on one line.
  await build({
    ...shared,
    entryPoints: { placet: join(pkg, 'engine/placet.js'), 'placet-author': join(pkg, 'engine/author.js') },
    outdir: dist,
    minify: true,
    // What both engines share, such as their errors.
    splitting: true,
    chunkNames: 'placet-[name]',
  });
  await build({
    ...shared,
    entryPoints: { 'placet-eligibility': join(pkg, 'widget/element.js') },
    outdir: dist,
    minify: true,
    // The translations, which a page fetches in its own language only.
    splitting: true,
    chunkNames: 'words-[name]',
    plugins: [enginePlugin, stylePlugin, wordsPlugin],
  });
  // A second pass saves another 4% of the compressed size: esbuild only optimises within single statements.
  const element = join(dist, 'placet-eligibility.js');
  const { code } = await minify(await readFile(element, 'utf8'), { module: true, ecma: 2020, compress: { passes: 3 } });
  await writeFile(element, code);
  const bytes = await readFile(element);
  return `the element: ${kilobytes(bytes.length)}, ${kilobytes(brotliSize(bytes))} by brotli`;
}

/** Uses the whole engine for everything, so that a page contains only one. */
const wholePlugin = {
  name: 'whole',
  setup({ onResolve }) {
    onResolve({ filter: /\/engine\/placet\.js$/ }, () => ({ path: join(pkg, 'engine/author.js') }));
  },
};

/** Bundles an entry point and everything it imports into one script. */
export async function bundleWhole(entry) {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], minify: true, write: false, ignoreAnnotations: true, plugins: [wholePlugin, stylePlugin, wordsPlugin] });
  return outputFiles[0].text;
}
