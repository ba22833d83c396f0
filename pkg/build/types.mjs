// Writes the type declarations: those of the data are generated from the schemas, those of the functions are written by
// hand.

import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compile } from 'json-schema-to-typescript';
import { dist, pkg, root } from './place.mjs';

/** The formats, with the names of their types. */
const formats = {
  decision: 'Decision',
  diff: 'Diff',
  dossier: 'DossierFile',
  findings: 'Findings',
  interview: 'Interview',
  policy: 'Outline',
};

/** Outside dossiers, the schemas describe the value of a statement only in words: give it the type that it has there. */
const withValues = (key, schema) =>
  key === 'value' && /in a dossier in JSON/.test(schema.description) ? { ...schema, tsType: "import('./dossier.js').Value" } : schema;

const options = {
  bannerComment: '',
  additionalProperties: false,
  style: { printWidth: 110, singleQuote: true },
  unknownAny: true,
};

export async function writeTypes() {
  await mkdir(join(dist, 'types'), { recursive: true });
  for (const [format, name] of Object.entries(formats)) {
    const path = join(root, `src/wire/schema/${format}.schema.json`);
    const schema = JSON.parse(await readFile(path, 'utf8'), withValues);
    const text = await compile({ ...schema, title: name }, name, options);
    await writeFile(join(dist, `types/${format}.d.ts`), text.trimStart());
  }
  await copyFile(join(pkg, 'types/placet.d.ts'), join(dist, 'placet.d.ts'));
  await copyFile(join(pkg, 'types/placet-author.d.ts'), join(dist, 'placet-author.d.ts'));
  await copyFile(join(pkg, 'types/placet-eligibility.d.ts'), join(dist, 'placet-eligibility.d.ts'));
  await cp(join(pkg, 'types/jsx'), join(dist, 'jsx'), { recursive: true });
  for (const engine of ['placet', 'placet-author']) {
    await writeFile(
      join(dist, `${engine}.wasm.d.ts`),
      '/** The address of the engine, if a bundler treats it as a file. */\ndeclare const address: string;\nexport default address;\n',
    );
  }
}
