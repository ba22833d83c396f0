// The catalogue of the demo: the Libyan policies, each with all files that it uses, and the dossiers.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist, pkg, root } from './place.mjs';
import { kilobytes } from './size.mjs';

const libya = join(root, 'rules/libya');
const text = (path) => readFile(join(libya, path), 'utf8');

export async function writeCatalogue() {
  const { default: init, load, openPolicy } = await import(pathToFileURL(join(dist, 'placet.js')));
  await init();
  const dossiers = await Promise.all((await placetFiles('dossiers')).map(async (name) => ({ name, text: await text(name) })));
  const policies = [];
  for (const policy of await placetFiles('')) {
    const files = await load(policy, text);
    if (!/^policy /m.test(files[0].text)) continue;
    // What the policy uses, the dossiers have of it.
    openPolicy({ files, policy }).open(dossiers);
    policies.push({ policy, files, dossiers });
  }
  const catalogue = JSON.stringify({ policies });
  await writeFile(join(pkg, 'demo/policies.json'), catalogue);
  return `${policies.length} of them, ${kilobytes(Buffer.byteLength(catalogue))}`;
}

async function placetFiles(folder) {
  const names = await readdir(join(libya, folder));
  return names.filter((name) => name.endsWith('.placet')).sort().map((name) => (folder ? `${folder}/${name}` : name));
}
