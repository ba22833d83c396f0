// Builds the engine as WebAssembly, and the glue between it and JavaScript.
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

export async function buildWasm() {
  await checkVersions();
  needTarget();
  cargo(['build', '--locked', '--profile', 'wasm', '--package', 'placet-wasm', '--target', target], root);
  const helpers = join(root, 'target/bindgen');
  cargo(['build', '--locked', '--target-dir', helpers], join(pkg, 'bindgen'));
  await mkdir(glue, { recursive: true });
  run(join(helpers, 'debug/placet-bindgen'), [join(root, 'target', target, 'wasm/placet_wasm.wasm'), glue], root);
  const bytes = await readFile(join(glue, 'placet_bg.wasm'));
  return `${kilobytes(bytes.length)}, ${kilobytes(brotliSize(bytes))} by brotli`;
}

export async function copyWasm() {
  try {
    await cp(join(glue, 'placet_bg.wasm'), join(dist, 'placet_bg.wasm'));
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
