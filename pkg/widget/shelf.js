/** The dossiers that come with a policy: whom they are about, and what of them others use. */

/** @typedef {import('./session.js').Session} Session @typedef {import('./session.js').InputFile} InputFile */

/** The dossiers that come with a policy, once opened, and whom they are about. @type {WeakMap<any, {people: any[], caseFile: any}>} */
const shelves = new WeakMap();

const isWritten = (/** @type {InputFile} */ { name }) => /\.placet$/i.test(name);

/** @param {Session} session @param {InputFile} file @returns {string[]} */
const usesOf = (session, file) => session.attempt(() => session.engine.uses(file));

/** All dossiers that come with the policy, and those whom they are about. @param {Session} session */
export function shippedWith(session) {
  const { policy, shelf } = session;
  const found = shelves.get(policy);
  if (found) return found;
  const people = [];
  let caseFile;
  // What others use is not opened for itself beside them, so it is opened again without them.
  for (let rest = shelf; rest.length; ) {
    const opened = session.attempt(() => policy.open(rest));
    people.push(...opened.subjects);
    caseFile ??= opened;
    const used = new Set(rest.filter(isWritten).flatMap((file) => usesOf(session, file)));
    const left = rest.filter(({ name }) => used.has(name));
    rest = left.length < rest.length ? left : [];
  }
  const all = { people, caseFile };
  shelves.set(policy, all);
  return all;
}

/** The dossiers on the shelf about things there is only one of. @param {Session} session */
export function circumstancesOf({ policy, shelf }) {
  const only = policy.outline.kinds.filter((/** @type {any} */ kind) => kind.only_one).map((/** @type {any} */ { name }) => name);
  return shelf.filter(isWritten).flatMap(({ name, text }) => {
    const [, title] = /^dossier\s+\S+\s+"(.*)"/m.exec(text) ?? [];
    const [, about] = /^\s+about\s+(.*?)\s*$/m.exec(text) ?? [];
    const [, asOf] = /^\s+as of\s+(\d{4}-\d\d-\d\d)/m.exec(text) ?? [];
    return title && only.includes(about) ? [{ name, title, asOf }] : [];
  });
}

/** Files with those of the shelf that they use. @param {Session} session @param {InputFile[]} files */
export function withUsed(session, files) {
  const all = [...files];
  for (const file of all) {
    const paths = isWritten(file) ? usesOf(session, file) : [];
    // A dossier that is not written in Placet names what it uses by id.
    const ids = isWritten(file) ? [] : [...file.text.matchAll(/"uses":\s*\[([^\]]*)\]/g)].flatMap(([, list]) => list.match(/[\w-]+/g) ?? []);
    const wanted = (/** @type {InputFile} */ { name, text }) => paths.includes(name) || ids.some((id) => `\n${text}`.includes(`\ndossier ${id} `));
    for (const found of session.shelf.filter(wanted)) if (!all.some(({ name }) => name === found.name)) all.push(found);
  }
  return all;
}
