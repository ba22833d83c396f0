/** @import { Finding, PlacetError as Published } from 'placet' */

/** An error of the engine. */
export class PlacetError extends Error {
  name = 'PlacetError';

  /**
   * @param {Published['code']} code
   * @param {string} message
   * @param {Finding[]} [findings] the errors in files, as in `placet-findings/1`
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, findings = [], options) {
    super(message, options);
    this.code = code;
    this.findings = findings;
  }
}
