import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initSync } from 'placet/author';
import { decideOnce } from './src/decide.js';

const wasm = createRequire(import.meta.url).resolve('placet/placet-author.wasm');
initSync(readFileSync(wasm));
initSync(readFileSync(wasm));
console.log(await decideOnce((path) => readFile(`public/libya/${path}`, 'utf8')));
