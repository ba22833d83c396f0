// esbuild copies a file beside its bundle only if it is imported.
import startEngine from 'placet';
import init from 'placet/author';
import 'placet/element';
import engine from 'placet/placet.wasm';
import wasm from 'placet/placet-author.wasm';
import { decideOnce } from './decide.js';

await Promise.all([startEngine(new URL(engine, import.meta.url)), init(new URL(wasm, import.meta.url))]);
const fetchText = async (path) => (await fetch(`libya/${path}`)).text();
document.querySelector('output').textContent = await decideOnce(fetchText);
