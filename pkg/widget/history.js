/**
 * Support for the browser's Back and Forward, if the page allows it: a history entry for each page that is shown. The
 * history contains only numbers; the places they stand for are kept in memory and are lost with the element.
 */

/** The number of the last entry. Starts from the time, so that numbers differ from those of earlier page loads. */
let last = Date.now();
let elements = 0;

/** @template Place */
export class PageHistory {
  #key = `placet-${++elements}`;
  /** @type {Map<number, {place: Place, name: string}>} */
  #places = new Map();
  #at = 0;
  #go;

  /** @param {(place: Place) => void} go returns to a place */
  constructor(go) {
    this.#go = go;
  }

  /**
   * Records the current place. A place with the same name replaces the current one.
   * @param {Place} place @param {string} name
   */
  note(place, name) {
    const here = this.#places.get(this.#at);
    if (here?.name !== name) {
      this.#at = ++last;
      const state = { ...history.state, [this.#key]: last };
      // The first page reuses the history entry of the host.
      if (here) history.pushState(state, '');
      else history.replaceState(state, '');
    }
    this.#places.set(this.#at, { place, name });
  }

  forget() {
    this.#places.clear();
  }

  /** @param {PopStateEvent} event */
  handleEvent({ state }) {
    const at = state?.[this.#key];
    const there = this.#places.get(at);
    if (!there || at === this.#at) return;
    this.#at = at;
    this.#go(there.place);
  }
}
