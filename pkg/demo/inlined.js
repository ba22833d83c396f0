// Starts the engine from the page itself, before the element asks for it.

import init from '../engine/placet.js';

const wasm = Uint8Array.from(atob(document.getElementById('engine').textContent), (letter) => letter.charCodeAt(0));

// Whether it can start is told by the element, which waits for the same start.
init(wasm).catch(() => {});
