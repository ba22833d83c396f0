/**
 * The browser's own Back and Forward, where the page around the element lets it have them: an entry in the history for
 * each page that is shown. The history holds a number; where that leads is known to the element alone, and forgotten with it.
 */

/** A number for each entry, which no earlier load of the page had. */
let last = Date.now();
let elements = 0;

/** @template Place */
export class Trail {
  #key = `placet-${++elements}`;
  /** @type {Map<number, {place: Place, name: string}>} */
  #places = new Map();
  #at = 0;
  #go;

  /** @param {(place: Place) => void} go comes back to a place */
  constructor(go) {
    this.#go = go;
  }

  /** Notes where the official is; a place of the same name is the one they are at. @param {Place} place @param {string} name */
  note(place, name) {
    const here = this.#places.get(this.#at);
    if (here?.name !== name) {
      this.#at = ++last;
      const state = { ...history.state, [this.#key]: last };
      // The first page is where the host's own entry leads.
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
