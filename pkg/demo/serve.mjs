// `npm run demo`: serves the demo page at http://127.0.0.1:8080, or at the port in PORT.

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serve } from './server.mjs';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

if (!existsSync(at('../node_modules'))) {
  console.error('The build tools are missing; run: npm --prefix pkg ci');
  process.exit(1);
}
if (!existsSync(at('../dist/standalone.html'))) await import('../build/build.mjs');
const { url } = await serve({ '/': at('.'), '/dist/': at('../dist') }, { port: Number(process.env.PORT ?? 8080) });
console.log(`The demo is at ${url} until you press Ctrl+C.`);
