// How large a file is when it is sent.

import { brotliCompressSync, constants } from 'node:zlib';

/** The bytes that a server would send of this. */
export function brotliSize(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}

/** As `341.2 KB`; 1 KB is 1000 bytes. */
export const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
