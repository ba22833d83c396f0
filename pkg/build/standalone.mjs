// Writes one page that contains everything, including the whole engine and the policies: it works from a disk and makes no
// network requests.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dist, pkg } from './place.mjs';
import { bundleWhole } from './scripts.mjs';
import { kilobytes } from './size.mjs';

export async function writeStandalone() {
  const page = await readFile(join(pkg, 'demo/index.html'), 'utf8');
  const style = await readFile(join(pkg, 'demo/demo.css'), 'utf8');
  const script = inert(await bundleWhole(join(pkg, 'demo/standalone.js')));
  const wasm = packed(await readFile(join(dist, 'placet-author.wasm')));
  const policies = packed(JSON.stringify(await wholeCatalogue()));
  const allowed = `default-src 'none'; script-src ${hash(script)} 'wasm-unsafe-eval'; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  const whole = page
    .replace(/^.*<link rel="stylesheet".*$/m, () => `    <style>${style}</style>`)
    .replace(/^.*<script type="module".*\n/gm, '')
    .replace(/ policies="[^"]*"/, '')
    .replace('<meta charset="utf-8">', (first) => `${first}\n    <meta http-equiv="Content-Security-Policy" content="${allowed}">`)
    .replace(
      '  </body>',
      () => `    <script type="application/gzip" id="policies">${policies}</script>
    <script type="application/gzip" id="engine">${wasm}</script>
    <script type="module">${script}</script>
  </body>`,
    );
  await writeFile(join(dist, 'standalone.html'), whole);
  return kilobytes(Buffer.byteLength(whole));
}

/** Returns the catalogue of the demo with the texts of its policies instead of their compiled form. */
async function wholeCatalogue() {
  const read = async (name) => JSON.parse(await readFile(join(pkg, 'demo', name), 'utf8'));
  const { policies, files, texts } = await read('policies.json');
  return { policies: policies.map(({ compiled, ...one }) => one), files: [...files, ...(await read(texts))] };
}

/**
 * Escapes text so that it cannot end its script element. In a script, `<` occurs before these words only within
 * strings.
 */
const inert = (text) => text.replace(/<(?=\/script|!--|script)/gi, '\\u003C');

/** Compresses data for demo/inlined.js to unpack. */
const packed = (bytes) => gzipSync(bytes, { level: 9 }).toString('base64');

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
