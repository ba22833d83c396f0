/** The dossiers that come with a policy: their subjects, and which dossiers others use. */

/** @typedef {import('./session.js').Session} Session @typedef {import('./session.js').InputFile} InputFile */

/**
 * The opened dossiers that come with each policy, and their subjects.
 * @type {WeakMap<any, {people: any[], caseFile: any}>}
 */
const cache = new WeakMap();

const isWritten = (/** @type {InputFile} */ { name }) => /\.placet$/i.test(name);

/** @param {Session} session @param {InputFile} file @returns {string[]} */
const usesOf = (session, file) => session.attempt(() => session.engine.uses(file));

/** Opens all dossiers that come with the policy, and lists their subjects. @param {Session} session */
export function shippedWith(session) {
  const { policy, bundled } = session;
  const found = cache.get(policy);
  if (found) return found;
  const people = [];
  let caseFile;
  // A dossier that another uses is not a subject of the case: open such dossiers again without the others.
  for (let rest = bundled; rest.length; ) {
    const opened = session.attempt(() => policy.open(rest));
    people.push(...opened.subjects);
    caseFile ??= opened;
    const used = new Set(rest.filter(isWritten).flatMap((file) => usesOf(session, file)));
    const left = rest.filter(({ name }) => used.has(name));
    rest = left.length < rest.length ? left : [];
  }
  const all = { people, caseFile };
  cache.set(policy, all);
  return all;
}

/** Lists the dossiers about entities of which there is only one. @param {Session} session */
export function circumstancesOf({ policy, bundled }) {
  const only = policy.outline.kinds.filter((/** @type {any} */ kind) => kind.only_one).map((/** @type {any} */ { name }) => name);
  return bundled.filter(isWritten).flatMap(({ name, text }) => {
    const [, title] = /^dossier\s+\S+\s+"(.*)"/m.exec(text) ?? [];
    const [, about] = /^\s+about\s+(.*?)\s*$/m.exec(text) ?? [];
    const [, asOf] = /^\s+as of\s+(\d{4}-\d\d-\d\d)/m.exec(text) ?? [];
    return title && only.includes(about) ? [{ name, title, asOf }] : [];
  });
}

/** Adds the files of the policy's dossiers that some files use. @param {Session} session @param {InputFile[]} files */
export function withUsed(session, files) {
  const all = [...files];
  for (const file of all) {
    const paths = isWritten(file) ? usesOf(session, file) : [];
    // Dossiers in data formats refer to dossiers that they use by id.
    const ids = isWritten(file) ? [] : [...file.text.matchAll(/"uses":\s*\[([^\]]*)\]/g)].flatMap(([, list]) => list.match(/[\w-]+/g) ?? []);
    const wanted = (/** @type {InputFile} */ { name, text }) => paths.includes(name) || ids.some((id) => `\n${text}`.includes(`\ndossier ${id} `));
    for (const found of session.bundled.filter(wanted)) if (!all.some(({ name }) => name === found.name)) all.push(found);
  }
  return all;
}
