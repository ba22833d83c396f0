/** The dossiers that come with a policy: their subjects, and which dossiers others use. */

/** @import { Case, InputFile, Policy, Subject } from 'placet' */
/** @import { Session } from './session.js' */

/** The opened dossiers that come with each policy. @type {WeakMap<Policy, {caseFile: Case, dossiers: Subject[]}>} */
const cache = new WeakMap();

const isWritten = (/** @type {InputFile} */ { name }) => /\.placet$/i.test(name);

/** Opens all dossiers that come with the policy. @param {Session} session @param {Policy} policy */
function shipped(session, policy) {
  const { bundled } = session;
  if (!bundled.length) return { caseFile: null, dossiers: [] };
  const found = cache.get(policy);
  if (found) return found;
  const caseFile = session.attempt(() => policy.open(bundled));
  const all = { caseFile, dossiers: caseFile.dossiers };
  cache.set(policy, all);
  return all;
}

/**
 * The opened dossiers that come with the policy, and those among them that are about its subjects.
 * @param {Session} session @param {Policy} policy
 */
export function shippedWith(session, policy) {
  const { caseFile, dossiers } = shipped(session, policy);
  const { about } = policy.outline;
  return { caseFile, people: dossiers.filter(({ kind }) => about.includes(kind)) };
}

/** Lists the dossiers about entities of which there is only one. @param {Session} session @param {Policy} policy */
export function circumstancesOf(session, policy) {
  const only = policy.outline.kinds.filter((kind) => kind.only_one).map(({ name }) => name);
  const about = shipped(session, policy).dossiers.filter(({ kind }) => only.includes(kind));
  return about.map(({ file, title, as_of }) => ({ name: file, title, asOf: as_of ?? undefined }));
}

/**
 * The ids of the dossiers that the dossiers of a JSON file use. A file that cannot be parsed uses none: the engine
 * reports its errors when it is opened.
 * @param {InputFile} file @returns {string[]}
 */
function idsUsed({ name, text }) {
  const parsed = (/** @type {string} */ one) => {
    try {
      return JSON.parse(one);
    } catch {
      return null;
    }
  };
  const all = /\.(ndjson|jsonl)$/i.test(name) ? text.split('\n').map(parsed) : [parsed(text)].flat();
  return all.flatMap((one) => (Array.isArray(one?.uses) ? one.uses.filter((/** @type {unknown} */ id) => typeof id === 'string') : []));
}

/**
 * Adds the files of the policy's dossiers that some files use.
 * @param {Session} session @param {Policy} policy @param {InputFile[]} files
 */
export function withUsed(session, policy, files) {
  const { bundled, engine } = session;
  if (!bundled.length) return files;
  const { dossiers } = shipped(session, policy);
  const pathsOf = (/** @type {InputFile} */ file) => {
    if (isWritten(file)) return 'uses' in engine ? session.attempt(() => engine.uses(file)) : [];
    const ids = idsUsed(file);
    return dossiers.filter(({ id }) => ids.includes(id)).map((one) => one.file);
  };
  const all = [...files];
  for (const file of all) {
    const paths = pathsOf(file);
    for (const found of bundled.filter(({ name }) => paths.includes(name))) if (!all.some(({ name }) => name === found.name)) all.push(found);
  }
  return all;
}
