// The data in the page itself: the engine, which is started before the element needs it, and the policies.

import init from '../engine/author.js';

function unpack(id, type) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream, { headers: { 'Content-Type': type } });
}

// The element waits for the same start, and reports if it fails.
init(unpack('engine', 'application/wasm')).catch(() => {});

export const policies = await unpack('policies', 'application/json').json();
