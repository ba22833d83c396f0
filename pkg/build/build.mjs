// Builds the package into dist/: the engine as WebAssembly, its API and types, the element, and the standalone page.
// `--scripts` keeps the wasm file of the last build.

import { mkdir, rename, rm } from 'node:fs/promises';
import { writeCatalogue } from './catalogue.mjs';
import { writeManifest } from './manifest.mjs';
import { Unbuildable, dist, published, step } from './place.mjs';
import { bundleScripts } from './scripts.mjs';
import { writeStandalone } from './standalone.mjs';
import { tryEngines } from './trial.mjs';
import { writeTypes } from './types.mjs';
import { buildWasm, copyWasm } from './wasm.mjs';

try {
  if (!process.argv.includes('--scripts')) await step('wasm', buildWasm);
  await mkdir(dist, { recursive: true });
  await copyWasm();
  await step('scripts', bundleScripts);
  await step('types', writeTypes);
  await step('custom-elements.json', writeManifest);
  await step('one decision', tryEngines);
  await step('policies', writeCatalogue);
  await step('standalone page', writeStandalone);
  await rm(published, { recursive: true, force: true });
  await rename(dist, published);
} catch (error) {
  if (!(error instanceof Unbuildable)) throw error;
  console.error(`\nThe package cannot be built here: ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(dist, { recursive: true, force: true });
}
