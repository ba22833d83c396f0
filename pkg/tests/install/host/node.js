import { readFile } from 'node:fs/promises';
import init, { version } from 'placet/author';
import { decideOnce } from './src/decide.js';

await init();
await init();
console.log(await decideOnce((path) => readFile(`public/libya/${path}`, 'utf8')));
if (!/^\d+\.\d+\.\d+/.test(version())) throw new Error(`no version: ${version()}`);
