// What editors and catalogues of elements read about the element, out of its comments.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { dist, pkg } from './place.mjs';

export async function writeManifest() {
  const source = await readFile(join(pkg, 'widget/element.js'), 'utf8');
  const file = ts.createSourceFile('dist/placet-eligibility.js', source, ts.ScriptTarget.Latest, true);
  const manifest = create({ modules: [file] });
  for (const { declarations } of manifest.modules) {
    for (const declaration of declarations) {
      // What begins with # or serves the browser alone is nobody else's.
      declaration.members = declaration.members?.filter(({ name, privacy }) => privacy !== 'private' && !/^#|Callback$|^adoptedStyleSheets$/.test(name));
    }
  }
  await writeFile(join(dist, 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
