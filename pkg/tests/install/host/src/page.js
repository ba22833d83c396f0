import init from 'placet/author';
import 'placet/element';
import { decideOnce } from './decide.js';

await init();
const fetchText = async (path) => (await fetch(`libya/${path}`)).text();
document.querySelector('output').textContent = await decideOnce(fetchText);
