/** An error of the engine. */
export class PlacetError extends Error {
  name = 'PlacetError';

  /**
   * @param {'mistakes'|'request'|'crashed'|'not-started'|'blocked'} code
   * @param {string} message
   * @param {object[]} findings the errors in files, as in `placet-findings/1`
   */
  constructor(code, message, findings = [], options = undefined) {
    super(message, options);
    this.code = code;
    this.findings = findings;
  }
}
