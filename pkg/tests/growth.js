// How long the engine in WebAssembly takes for the largest members of the families of `cargo bench --bench growth`. Each member
// is decided on in a process of its own: node tests/growth.js BENCH, where BENCH is the built benchmark.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { initSync, openPolicy } from '../dist/placet-author.js';

const [bench, place, size] = process.argv.slice(2);
if (place === undefined) {
  // Places and sizes at which the native engine takes longest.
  for (const member of [[1, 16000], [12, 480], [14, 160], [15, 48], [23, 800], [24, 1920], [26, 1600], [27, 640]])
    console.log(execFileSync(process.execPath, [fileURLToPath(import.meta.url), bench, ...member.map(String)], { encoding: 'utf8' }).trim());
} else {
  const [name, policy, dossier] = execFileSync(bench, ['text', place, size], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\f');
  initSync(new WebAssembly.Module(readFileSync(new URL('../dist/placet-author.wasm', import.meta.url))));
  const opened = openPolicy({ files: [{ name: 'p.placet', text: policy }], policy: 'p.placet' }).open([{ name: 'd.placet', text: dossier }]);
  const begun = performance.now();
  opened.decide({ subject: 'd', asOf: '2016-02-15' });
  console.log(`${name.trim().padEnd(32)} ${size.padStart(6)}  ${((performance.now() - begun) / 1000).toFixed(3)} s`);
}
