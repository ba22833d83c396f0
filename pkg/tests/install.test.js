// The package as npm publishes it: its contents, Node, and strict TypeScript.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { installPackage } from './install/project.js';

describe('the installed package', () => {
  let project;
  before(() => (project = installPackage()));
  after(() => project.remove());

  test('contains what it exports, and no source files', () => {
    for (const file of ['placet.js', 'placet.d.ts', 'placet.wasm', 'placet-author.js', 'placet-author.d.ts', 'placet-author.wasm', 'placet-eligibility.js', 'placet-eligibility.d.ts', 'custom-elements.json', 'standalone.html']) {
      assert.ok(project.files.includes(`dist/${file}`), file);
    }
    const others = project.files.filter((path) => !/^(dist\/|package\.json$|README\.md$|LICENSE)/.test(path));
    assert.deepEqual(others, []);
  });

  test('decides in Node, started twice', () => {
    assert.match(project.node('node.js'), /^Misratan battalion: ineligible$/m);
  });

  test('has an element that can be imported without a document', () => {
    assert.equal(project.node('element.js'), 'function\n');
  });

  for (const framework of ['react', 'preact', 'solid']) {
    test(`has types for the JSX of ${framework}`, () => {
      try {
        project.run('tsc', '--project', `tsconfig.${framework}.json`);
      } catch (error) {
        assert.fail(error.stdout);
      }
    });
  }

  test('decides in Node, started synchronously from bytes', () => {
    assert.match(project.node('node-sync.js'), /^Misratan battalion: ineligible$/m);
  });

  for (const [module, resolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
    test(`has types that compile under strict TypeScript (${resolution})`, () => {
      try {
        project.run('tsc', '--project', '.', '--module', module, '--moduleResolution', resolution);
      } catch (error) {
        assert.fail(error.stdout);
      }
    });
  }
});
