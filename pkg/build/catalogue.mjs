// Writes the catalogue of the demo: the Libyan policies, each with the names of the files and dossiers that it needs,
// and each of these files once.

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
  const shared = new Map();
  const named = (files) => files.map((file) => shared.set(file.name, file) && file.name);
  const policies = [];
  for (const policy of await placetFiles('')) {
    const files = await load(policy, text);
    if (!/^policy /m.test(files[0].text)) continue;
    const opened = openPolicy({ files, policy });
    // The dossiers use files of the policy, so those need not be fetched again.
    opened.open(dossiers);
    policies.push({ policy, card: cardOf(opened.outline), files: named(files), dossiers: named(dossiers) });
  }
  const catalogue = JSON.stringify({ policies, files: [...shared.values()] });
  await writeFile(join(pkg, 'demo/policies.json'), catalogue);
  return `${policies.length} policies, ${kilobytes(Buffer.byteLength(catalogue))}`;
}

/** Returns what is shown of a policy before it is chosen. */
function cardOf({ id, title, authority, in_force, translations }) {
  const shown = (texts) => Object.fromEntries(Object.entries(texts).filter(([text]) => text === title || text === authority));
  return { id, title, authority, in_force, translations: translations.map((one) => ({ ...one, texts: shown(one.texts) })) };
}

async function placetFiles(folder) {
  const names = await readdir(join(libya, folder));
  return names.filter((name) => name.endsWith('.placet')).sort().map((name) => (folder ? `${folder}/${name}` : name));
}
