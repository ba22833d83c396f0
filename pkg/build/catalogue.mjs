// Writes what the demo offers: the catalogue of the Libyan policies with their dossiers as JSON; each policy in compiled
// form; and one file with the texts, which is fetched only by the engine that reads texts.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist, pkg, root } from './place.mjs';
import { kilobytes } from './size.mjs';

const libya = join(root, 'rules/libya');
const text = (path) => readFile(join(libya, path), 'utf8');
const demo = (path) => join(pkg, 'demo', path);

export async function writeCatalogue() {
  const { default: init, load, openPolicy } = await import(pathToFileURL(join(dist, 'placet-author.js')));
  await init();
  const written = await Promise.all((await placetFiles('dossiers')).map(async (name) => ({ name, text: await text(name) })));
  const dossiers = new Map();
  const texts = new Map();
  const policies = [];
  await rm(demo('policies'), { recursive: true, force: true });
  await mkdir(demo('policies'), { recursive: true });
  for (const policy of await placetFiles('')) {
    const files = await load(policy, text);
    if (!/^policy /m.test(files[0].text)) continue;
    const opened = openPolicy({ files, policy });
    const compiled = `policies/${policy}c`;
    await writeFile(demo(compiled), opened.compiled());
    for (const file of files) texts.set(file.name, file);
    const own = asJson(opened.open(written));
    for (const file of own) if (!dossiers.has(file.name)) dossiers.set(file.name, file);
    // A dossier that reads differently under another policy is kept with that policy.
    const named = own.map((file) => (dossiers.get(file.name).text === file.text ? file.name : file));
    policies.push({ policy, card: cardOf(opened.outline), compiled, files: files.map(({ name }) => name), dossiers: named });
  }
  await writeFile(demo('policies/texts.json'), JSON.stringify([...texts.values()]));
  const catalogue = JSON.stringify({ policies, files: [...dossiers.values()], texts: 'policies/texts.json' });
  await writeFile(demo('policies.json'), catalogue);
  return `${policies.length} policies, ${kilobytes(Buffer.byteLength(catalogue))}`;
}

/** Returns the dossiers of a case as JSON files. */
function asJson(opened) {
  return opened.dossiers.map(({ id, file }) => ({ name: file.replace(/placet$/, 'json'), text: opened.dossier({ subject: id }, 'json') }));
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
