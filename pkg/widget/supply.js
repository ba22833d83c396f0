/** Fetches what a page offers: its policies, and the dossiers to begin with. */

import { fileOf } from '../engine/placet.js';
import { addressOf, bytesAt, textAt } from './bytes.js';

/** @typedef {import('./session.js').Entry} Entry @typedef {import('./session.js').InputFile} InputFile */

/** Catalogues by address, shared by all elements on a page. @type {Map<string, Promise<any>>} */
const catalogues = new Map();

/** Returns a function that fetches once, and again after it failed. @template T @param {() => Promise<T>} fetching */
function once(fetching) {
  /** @type {Promise<T> | undefined} */
  let found;
  return () =>
    (found ??= fetching().catch((error) => {
      found = undefined;
      throw error;
    }));
}

/**
 * Returns the policies of a catalogue. Files that the catalogue contains once are referred to by name; a compiled policy,
 * and the file that contains the texts of policies, by an address relative to the catalogue. These are fetched when they
 * are needed.
 * @param {any} catalogue @param {URL} [at] its address @returns {Entry[]}
 */
export function offered({ policies, files = [], texts }, at) {
  const shared = named(files);
  const textsAt = texts && once(async () => named(JSON.parse(await textAt(new URL(texts, at)))));
  return policies.map((/** @type {any} */ { compiled, files, dossiers = [], ...one }) => ({
    ...one,
    compiled: typeof compiled === 'string' ? once(() => bytesAt(new URL(compiled, at))) : compiled,
    files: textsAt ? async () => whole(files, await textsAt()) : files && whole(files, shared),
    dossiers: whole(dossiers, shared),
  }));
}

/** @param {InputFile[]} files @returns {Map<string, InputFile>} */
const named = (files) => new Map(files.map((file) => [file.name, file]));

/** Looks files up that are given by name. @param {any[]} all @param {Map<string, InputFile>} shared @returns {InputFile[]} */
function whole(all, shared) {
  return all.map((file) => {
    if (typeof file !== 'string') return file;
    if (!shared.has(file)) throw new Error(`the catalogue does not contain ${file}`);
    return shared.get(file);
  });
}

/**
 * Fetches the policies that an element's attributes name.
 * @param {() => Promise<any>} author loads the engine that reads texts @param {Element} element @returns {Promise<Entry[]>}
 */
export async function catalogueOf(author, element) {
  const address = element.getAttribute('policies');
  if (!address) {
    const policy = element.getAttribute('policy');
    if (/\.placetc$/i.test(policy ?? '')) {
      const place = new URL(/** @type {string} */ (policy), element.baseURI);
      return [{ policy: decodeURIComponent(place.pathname.slice(1)), compiled: await bytesAt(place) }];
    }
    const files = await filesAt(author, element, 'policy');
    return files.length ? [{ policy: files[0].name, files }] : [];
  }
  const at = new URL(address, element.baseURI);
  if (!catalogues.has(at.href)) {
    const read = textAt(at).then((text) => offered(JSON.parse(text), at));
    // Forget a failed request, so that it can be repeated.
    read.catch(() => catalogues.delete(at.href));
    catalogues.set(at.href, read);
  }
  return /** @type {Promise<Entry[]>} */ (catalogues.get(at.href));
}

/**
 * Fetches the files at the addresses in an attribute, with all files that they use.
 * @param {() => Promise<any>} author loads the engine that reads texts @param {Element} element @param {string} attribute
 * @returns {Promise<InputFile[]>}
 */
export async function filesAt(author, element, attribute) {
  const addresses = (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
  const files = await Promise.all(
    addresses.map(async (address) => {
      // The name of a file is its path from the root of the server, so that the files it uses can be found.
      const place = new URL(address, element.baseURI);
      const name = decodeURIComponent(place.pathname.slice(1));
      const fetchFile = (/** @type {string} */ path) => bytesAt(path === name ? place : addressOf(path, place));
      if (/\.placet$/i.test(name)) return (await author()).load(name, fetchFile);
      return [fileOf(name, await bytesAt(place))];
    }),
  );
  return [...named(files.flat()).values()];
}
