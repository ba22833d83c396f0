// Serves folders over HTTP, with the strictest content security policy with which the element works.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.placet': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export const strict =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Serves `folders` by their paths: `{ '/': demo, '/dist/': dist }`. `policyFor` returns the content security policy of a
 * page; by default the strict one. Listens on a free port by default.
 */
export async function serve(folders, { port = 0, policyFor = () => strict } = {}) {
  const mounts = Object.entries(folders).sort(([a], [b]) => b.length - a.length);
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const [mount, folder] = mounts.find(([at]) => path.startsWith(at)) ?? [];
    const inside = mount && normalize(path.slice(mount.length) || 'index.html');
    const file = inside && !inside.startsWith('..') && join(folder, inside.endsWith(sep) ? `${inside}index.html` : inside);
    const found = file && (await stat(file).catch(() => null))?.isFile();
    // Browsers request this by themselves.
    if (path === '/favicon.ico') return response.writeHead(204).end();
    if (!found) return response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policyFor(path),
      'x-content-type-options': 'nosniff',
      // Browsers revalidate each time; `no-store` would also disable the back-forward cache.
      'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop: () => new Promise((stopped) => {
      server.close(stopped);
      server.closeAllConnections();
    }),
  };
}
