// A temporary folder with the package installed as npm would publish it.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export const tools = at('../../node_modules/.bin');

/** Packs the built package, installs it into a temporary folder, and copies the test's own files there. */
export function installPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'placet-install-'));
  const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], at('../..')));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'host', private: true, type: 'module' }));
  npm(['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)], folder);
  cpSync(at('host'), folder, { recursive: true });
  cpSync(at('../../../rules/libya'), join(folder, 'public/libya'), { recursive: true });
  // The types of frameworks for which the package declares its element.
  for (const types of ['@types/react', 'csstype', 'preact', 'solid-js', 'seroval']) cpSync(at(`../../node_modules/${types}`), join(folder, 'node_modules', types), { recursive: true });
  return {
    folder,
    files: packed.files.map(({ path }) => path),
    /** Runs one of the project's tools in the folder. */
    run: (tool, ...args) => execFileSync(join(tools, tool), args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' }),
    node: (...args) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
