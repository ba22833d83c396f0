import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initSync } from 'placet';
import { decideOnce } from './src/decide.js';

const wasm = createRequire(import.meta.url).resolve('placet/placet_bg.wasm');
initSync(readFileSync(wasm));
initSync(readFileSync(wasm));
console.log(await decideOnce((path) => readFile(`public/libya/${path}`, 'utf8')));
