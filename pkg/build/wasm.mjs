// Builds the two engines as WebAssembly, and the glue between them and JavaScript.
//
// Running Binaryen's wasm-opt afterwards is not worth it: it saves less than 1% of the compressed size and no run time,
// and takes a minute.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Unbuildable, dist, glue, pkg, root } from './place.mjs';
import { brotliSize, kilobytes } from './size.mjs';

const target = 'wasm32-unknown-unknown';

/** The engines by the names of their files, with the crates that they are built from. */
const engines = { placet: 'placet-wasm', 'placet-author': 'placet-wasm-author' };

export async function buildWasm() {
  await checkVersions();
  needTarget();
  const helpers = join(root, 'target/bindgen');
  cargo(['build', '--locked', '--target-dir', helpers], join(pkg, 'bindgen'));
  await mkdir(glue, { recursive: true });
  const crates = Object.values(engines).flatMap((crate) => ['--package', crate]);
  cargo(['build', '--locked', '--profile', 'wasm', ...crates, '--target', target], root);
  const sizes = [];
  for (const [name, crate] of Object.entries(engines)) {
    const built = join(root, 'target', target, 'wasm', `${crate.replaceAll('-', '_')}.wasm`);
    run(join(helpers, 'debug/placet-bindgen'), [built, glue, name], root);
    const bytes = await readFile(join(glue, `${name}_bg.wasm`));
    sizes.push(`${name}: ${kilobytes(bytes.length)}, ${kilobytes(brotliSize(bytes))} by brotli`);
  }
  return sizes.join('; ');
}

export async function copyWasm() {
  try {
    for (const name of Object.keys(engines)) await cp(join(glue, `${name}_bg.wasm`), join(dist, `${name}.wasm`));
    for (const licence of ['LICENSE-APACHE', 'LICENSE-MIT']) await cp(join(root, licence), join(dist, licence));
  } catch (error) {
    if (error.code === 'ENOENT') throw new Unbuildable('the wasm was never built; run the build without --scripts');
    throw error;
  }
}

/** Checks that glue and wasm are made by the same version of wasm-bindgen; other versions do not work together. */
async function checkVersions() {
  const linked = await lockedVersion(join(root, 'Cargo.lock'));
  const making = await lockedVersion(join(pkg, 'bindgen/Cargo.lock'));
  if (linked === making) return;
  throw new Unbuildable(
    `Cargo.lock has wasm-bindgen ${linked}, pkg/bindgen/Cargo.lock ${making}; they must be the same:
  set wasm-bindgen-cli-support in pkg/bindgen/Cargo.toml to "=${linked}" and run cargo build there`,
  );
}

async function lockedVersion(lock) {
  const text = await readFile(lock, 'utf8');
  return /name = "wasm-bindgen-shared"\nversion = "([^"]+)"/.exec(text)?.[1] ?? 'none';
}

/** Installs Rust's standard library for wasm if it is missing: a minimal installation does not include it. */
function needTarget() {
  const installed = spawnSync('rustc', ['--print', 'target-libdir', '--target', target], { cwd: root, encoding: 'utf8' });
  if (installed.error) throw new Unbuildable('cargo is missing; install Rust from https://rustup.rs');
  const library = installed.stdout.trim();
  if (existsSync(library) && readdirSync(library).some((name) => name.startsWith('libcore'))) return;
  const added = spawnSync('rustup', ['target', 'add', target], { cwd: root, stdio: 'inherit' });
  if (added.status !== 0) throw new Unbuildable(`Rust's target ${target} is missing; run: rustup target add ${target}`);
}

function cargo(args, folder) {
  run('cargo', [...args, '--quiet'], folder);
}

function run(command, args, folder) {
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: 'inherit' });
  if (error) throw new Unbuildable(`${command}: ${error.message}`);
  if (status !== 0) throw new Unbuildable(`${command} ${args[0]} failed`);
}
