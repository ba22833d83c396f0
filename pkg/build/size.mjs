// The compressed size of files.

import { brotliCompressSync, constants } from 'node:zlib';

/** Returns the size of the content after Brotli compression, in bytes. */
export function brotliSize(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

/** Formats a size as `341.2 KB`; 1 KB is 1000 bytes. */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
