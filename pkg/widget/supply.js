/** Fetches what a page offers: its policies, and the dossiers to begin with. Nothing is fetched after that. */

/** Catalogues by address, which all elements on a page share. @type {Map<string, Promise<any>>} */
const catalogues = new Map();

/** @param {string} address @param {Element} element */
async function textAt(address, element) {
  const response = await fetch(new URL(address, element.baseURI));
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  return response.text();
}

/**
 * The policies of an element's attributes.
 * @param {any} engine @param {Element} element @returns {Promise<import('./session.js').Entry[]>}
 */
export async function catalogueOf(engine, element) {
  const address = element.getAttribute('policies');
  if (!address) {
    const policy = element.getAttribute('policy');
    return policy ? [{ policy, files: await filesAt(engine, element, 'policy') }] : [];
  }
  const { href } = new URL(address, element.baseURI);
  if (!catalogues.has(href)) {
    const read = textAt(href, element).then((text) => JSON.parse(text).policies);
    // What could not be fetched may be fetched later.
    read.catch(() => catalogues.delete(href));
    catalogues.set(href, read);
  }
  return catalogues.get(href);
}

/**
 * The files at the addresses in an attribute, with all that they use.
 * @param {any} engine @param {Element} element @param {string} attribute @returns {Promise<import('./session.js').InputFile[]>}
 */
export async function filesAt(engine, element, attribute) {
  const addresses = (element.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean);
  const fetchText = (/** @type {string} */ path) => textAt(path, element);
  const files = await Promise.all(
    addresses.map(async (name) => (name.endsWith('.placet') ? engine.load(name, fetchText) : [{ name, text: await fetchText(name) }])),
  );
  return [...new Map(files.flat().map((file) => [file.name, file])).values()];
}
