/** Fetches files up to a size limit, from addresses on the server that was named. */

/** The size limit in bytes, larger than the engine's limit for any file. */
const MOST = 64 * 1024 * 1024;

/** Fetches the content of an address. @param {URL} address @returns {Promise<Uint8Array>} */
export async function bytesAt(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`);
  const reader = response.body?.getReader();
  const parts = [];
  let length = 0;
  for (let part; reader && (part = (await reader.read()).value); parts.push(part)) {
    length += part.length;
    if (length <= MOST) continue;
    reader.cancel();
    throw new Error(`${address}: the file is larger than 64 MiB`);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Fetches the text of an address; throws if it is not UTF-8. @param {URL} address */
export const textAt = async (address) => new TextDecoder('utf-8', { fatal: true }).decode(await bytesAt(address));

/**
 * Returns the address of a file on the same server as `base`.
 * @param {string} path path from the root @param {URL} base
 */
export function addressOf(path, base) {
  const address = new URL('/', base);
  address.pathname = path.split('/').map(encodeURIComponent).join('/');
  return address;
}
