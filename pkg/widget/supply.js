/** Fetches what a page offers: its policies, and the dossiers to begin with. Nothing is fetched later. */

import { addressOf, bytesAt, textAt } from './bytes.js';

/** Catalogues by address, shared by all elements on a page. @type {Map<string, Promise<any>>} */
const catalogues = new Map();

/**
 * Returns the policies of a catalogue, with the files that the catalogue contains once and the policies refer to by
 * name.
 * @param {any} catalogue @returns {import('./session.js').Entry[]}
 */
export function offered({ policies, files = [] }) {
  const shared = new Map(files.map((/** @type {any} */ file) => [file.name, file]));
  const whole = (/** @type {any[]} */ all) =>
    all.map((file) => {
      if (typeof file !== 'string') return file;
      if (!shared.has(file)) throw new Error(`the catalogue does not contain ${file}`);
      return shared.get(file);
    });
  return policies.map((/** @type {any} */ one) => ({ ...one, files: whole(one.files), dossiers: whole(one.dossiers ?? []) }));
}

/**
 * Fetches the policies that an element's attributes name.
 * @param {any} engine @param {Element} element @returns {Promise<import('./session.js').Entry[]>}
 */
export async function catalogueOf(engine, element) {
  const address = element.getAttribute('policies');
  if (!address) {
    const files = await filesAt(engine, element, 'policy');
    return files.length ? [{ policy: files[0].name, files }] : [];
  }
  const at = new URL(address, element.baseURI);
  if (!catalogues.has(at.href)) {
    const read = textAt(at).then((text) => offered(JSON.parse(text)));
    // Forget a failed request, so that it can be repeated.
    read.catch(() => catalogues.delete(at.href));
    catalogues.set(at.href, read);
  }
  return catalogues.get(at.href);
}

/**
 * Fetches the files at the addresses in an attribute, with all files that they use.
 * @param {any} engine @param {Element} element @param {string} attribute
 * @returns {Promise<import('./session.js').InputFile[]>}
 */
export async function filesAt(engine, element, attribute) {
  const addresses = (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
  const files = await Promise.all(
    addresses.map(async (address) => {
      // The name of a file is its path from the root of the server, so that the files it uses can be found.
      const place = new URL(address, element.baseURI);
      const name = decodeURIComponent(place.pathname.slice(1));
      const fetchFile = (/** @type {string} */ path) => bytesAt(path === name ? place : addressOf(path, place));
      return /\.placet$/i.test(name) ? engine.load(name, fetchFile) : [engine.fileOf(name, await bytesAt(place))];
    }),
  );
  return [...new Map(files.flat().map((file) => [file.name, file])).values()];
}
