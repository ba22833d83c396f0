// What lies in the page itself: the engine, which is started before the element asks for it, and the policies.

import init from '../engine/placet.js';

function unpack(id, type) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': type } });
}

// Whether it can start is told by the element, which waits for the same start.
init(unpack('engine', 'application/wasm')).catch(() => {});

export const policies = await unpack('policies', 'application/json').json();
