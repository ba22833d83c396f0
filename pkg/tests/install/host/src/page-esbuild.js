// esbuild copies a file beside its bundle only if it is imported.
import init from 'placet';
import 'placet/element';
import wasm from 'placet/placet_bg.wasm';
import { decideOnce } from './decide.js';

await init(new URL(wasm, import.meta.url));
const fetchText = async (path) => (await fetch(`libya/${path}`)).text();
document.querySelector('output').textContent = await decideOnce(fetchText);
