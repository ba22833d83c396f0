/** Files, and the checks of their names. */

import { PlacetError } from './error.js';

/** @import { InputFile } from 'placet' */

/** Checks that a file name is valid, and returns it. @param {string} name */
export function named(name) {
  const path = String(name);
  if (!/^\/|^[a-z]:|\\|[\0-\x1f\x7f]/i.test(path) && !path.split('/').includes('..')) return path;
  throw new PlacetError('request', `invalid file name ${JSON.stringify(path)}: names are relative to one root, with / between their parts`);
}

/**
 * The bytes of a file. Throws if its text has a lone surrogate, which encoding would silently replace.
 * @param {InputFile} file
 */
export function bytesOf({ name, text, bytes }) {
  if (bytes) return bytes;
  if (/\p{Surrogate}/u.test(text)) throw new PlacetError('request', `the text of ${name} is not valid Unicode: it has a lone surrogate`);
  return encoder.encode(String(text));
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Makes a file from its bytes. The engine reads and hashes these bytes and not the decoded text.
 * @param {string} name @param {Uint8Array|ArrayBuffer} bytes @returns {InputFile}
 */
export function fileOf(name, bytes) {
  const own = new Uint8Array(bytes);
  return { name, text: decoder.decode(own), bytes: own };
}

/** Returns whether two files have the same bytes. @param {InputFile} one @param {InputFile} other */
export const isSame = (one, other) => {
  const [ours, theirs] = [one, other].map(({ text, bytes }) => bytes ?? encoder.encode(text));
  return ours.length === theirs.length && ours.every((byte, at) => byte === theirs[at]);
};

/** Whether a file is written in the language. @param {InputFile} file */
export const isWritten = ({ name }) => /\.placet$/i.test(name);

/** The folder of a file, with the `/` at its end; empty for the root. @param {string} path */
export const folderOf = (path) => path.slice(0, path.lastIndexOf('/') + 1);
