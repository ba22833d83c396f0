/**
 * What the engines use of the glue that wasm-bindgen makes of decide/src and author/src, for the type check before the
 * first build. After a build, the declarations beside the glue apply instead. Functions throw a string if a request fails.
 */

declare module '*/glue/placet.js' {
  /** Files by path. */
  export class Files {
    add(path: string, bytes: Uint8Array): void;
    free(): void;
  }

  /** A request to a case; the answers are a JSON list. */
  export class Ask {
    constructor(subject: string | undefined, as_of: string | undefined, assistance: string[] | undefined, answers: string);
    free(): void;
  }

  /** A policy with dossiers; except of `decide`, the texts are JSON. */
  export class Case {
    private constructor();
    static open_compiled(policy: Uint8Array): Case;
    with_json(files: Files, dossiers: string[]): Case;
    add_subject(id: string, title: string, kind?: string, as_of?: string): void;
    outline(): string;
    subjects(): string;
    dossiers(): string;
    interview(ask: Ask): string;
    outlook(ask: Ask): string;
    settled(ask: Ask): string;
    decide(ask: Ask, subjects: string[], format: string, manifest: boolean): string;
    dossier(ask: Ask): string;
    free(): void;
  }

  export function version(): string;

  /** Starts a new instance. */
  export default function init(source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
  export function initSync(source: { module: BufferSource | WebAssembly.Module }): unknown;
  /** Replaces the instance by a new one of the same module. */
  export function __wbg_reset_state(): void;
}

declare module '*/glue/placet-author.js' {
  import type { Ask, Case, Files } from '*/glue/placet.js';

  export * from '*/glue/placet.js';
  export { default } from '*/glue/placet.js';

  export function open(files: Files, policy: string, dossiers: string[]): Case;
  export function with_dossiers(policy: Case, files: Files, dossiers: string[]): Case;
  export function compiled(policy: Case): Uint8Array;
  export function written(opened: Case, ask: Ask): string;
  export function draw(policy: Case): string;
  export function draw_decision(opened: Case, ask: Ask): string;
  export function uses(path: string, text: string): string;
  export function format(path: string, text: string): string;
  export function check(files: Files, study: boolean): string;
  export function diff(older: Files, older_policy: string, newer: Files, newer_policy: string, days: string[], format: string): string;
}

/** Only what is used of Node.js. */
declare var process: { getBuiltinModule?(name: 'node:fs'): { readFileSync(file: URL): Uint8Array<ArrayBuffer> } } | undefined;
