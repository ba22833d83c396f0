// Writes the custom elements manifest, for editors and catalogues of elements, from the comments of the element.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create, ts } from '@custom-elements-manifest/analyzer';
import { dist, pkg } from './place.mjs';

export async function writeManifest() {
  const parse = async (name, as) => ts.createSourceFile(as, await readFile(join(pkg, name), 'utf8'), ts.ScriptTarget.Latest, true);
  const element = 'dist/placet-eligibility.js';
  const manifest = create({ modules: [await parse('widget/element.js', element), await parse('widget/field.js', 'dist/field.js')] });
  // The published module is one file: list inherited members as the element's own.
  manifest.modules = manifest.modules.filter(({ path }) => path === element);
  for (const { declarations } of manifest.modules) {
    for (const declaration of declarations) {
      // Leave out members that are private or that only the browser calls.
      declaration.members = declaration.members
        ?.filter(({ name, privacy }) => privacy !== 'private' && !/^#|Callback$|^adoptedStyleSheets$/.test(name))
        .map(({ inheritedFrom, ...member }) => member);
      if (declaration.superclass) declaration.superclass = { name: 'HTMLElement' };
    }
  }
  await writeFile(join(dist, 'custom-elements.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
