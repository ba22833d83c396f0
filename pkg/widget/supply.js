/** Fetches what a page offers: its policies, and the dossiers to begin with. */

import { fileOf } from '../engine/placet.js';
import { addressOf, bytesAt, textAt } from './bytes.js';

/** @import { InputFile } from 'placet' */
/** @import { OfferedPolicy as Entry, PolicyCatalogue } from 'placet/element' */
/** @import { AuthorEngine } from './types.js' */

/** Functions that fetch a catalogue, by its address, shared by all elements on a page. @type {Map<string, () => Promise<Entry[]>>} */
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
 * @param {PolicyCatalogue} catalogue @param {URL | string} [at] its address @returns {Entry[]}
 */
export function offered({ policies, files = [], texts }, at) {
  const shared = named(files);
  const textsAt = texts && once(async () => new Map([...shared, ...named(JSON.parse(await textAt(new URL(texts, at))))]));
  return policies.map(({ compiled, files, dossiers = [], ...one }) => ({
    ...one,
    compiled: typeof compiled === 'string' ? once(() => bytesAt(new URL(compiled, at))) : compiled,
    files: files && (textsAt ? async () => whole(files, await textsAt()) : whole(files, shared)),
    dossiers: whole(dossiers, shared),
  }));
}

/** @param {InputFile[]} files @returns {Map<string, InputFile>} */
const named = (files) => new Map(files.map((file) => [file.name, file]));

/** Looks files up that are given by name. @param {(InputFile | string)[]} all @param {Map<string, InputFile>} shared @returns {InputFile[]} */
function whole(all, shared) {
  return all.map((file) => {
    if (typeof file !== 'string') return file;
    const found = shared.get(file);
    if (!found) throw new Error(`the catalogue does not contain ${file}`);
    return found;
  });
}

/**
 * Fetches the policies that an element's attributes name.
 * @param {() => Promise<AuthorEngine>} author loads the engine that reads texts @param {Element} element @returns {Promise<Entry[]>}
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
  const fetching = catalogues.get(at.href) ?? once(async () => offered(JSON.parse(await textAt(at)), at));
  catalogues.set(at.href, fetching);
  return fetching();
}

/**
 * Fetches the files at the addresses in an attribute, with all files that they use.
 * @param {() => Promise<AuthorEngine>} author loads the engine that reads texts @param {Element} element @param {string} attribute
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
