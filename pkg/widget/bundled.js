/** The dossiers that come with a policy: their subjects, and which dossiers others use. */

/** @typedef {import('./session.js').Session} Session @typedef {import('./session.js').InputFile} InputFile */

/**
 * The opened dossiers that come with each policy.
 * @type {WeakMap<any, {caseFile: any, dossiers: {id: string, title: string, kind: string, as_of: string | null, file: string}[]}>}
 */
const cache = new WeakMap();

const isWritten = (/** @type {InputFile} */ { name }) => /\.placet$/i.test(name);

/** Opens all dossiers that come with the policy. @param {Session} session */
function shipped(session) {
  const { policy, bundled } = session;
  const found = cache.get(policy);
  if (found) return found;
  const caseFile = session.attempt(() => policy.open(bundled));
  const all = { caseFile, dossiers: caseFile.dossiers };
  cache.set(policy, all);
  return all;
}

/** The opened dossiers that come with the policy, and those among them that are about its subjects. @param {Session} session */
export function shippedWith(session) {
  const { caseFile, dossiers } = session.bundled.length ? shipped(session) : { caseFile: null, dossiers: [] };
  const { about } = session.policy.outline;
  return { caseFile, people: dossiers.filter(({ kind }) => about.includes(kind)) };
}

/** Lists the dossiers about entities of which there is only one. @param {Session} session */
export function circumstancesOf(session) {
  if (!session.bundled.length) return [];
  const only = session.policy.outline.kinds.filter((/** @type {any} */ kind) => kind.only_one).map((/** @type {any} */ { name }) => name);
  const about = shipped(session).dossiers.filter(({ kind }) => only.includes(kind));
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

/** Adds the files of the policy's dossiers that some files use. @param {Session} session @param {InputFile[]} files */
export function withUsed(session, files) {
  const { bundled } = session;
  if (!bundled.length) return files;
  const { dossiers } = shipped(session);
  const all = [...files];
  for (const file of all) {
    const ids = isWritten(file) ? [] : idsUsed(file);
    const paths = isWritten(file) ? session.attempt(() => session.engine.uses(file)) : dossiers.filter(({ id }) => ids.includes(id)).map((one) => one.file);
    for (const found of bundled.filter(({ name }) => paths.includes(name))) if (!all.some(({ name }) => name === found.name)) all.push(found);
  }
  return all;
}
