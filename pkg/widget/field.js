/** What every field of a form can be asked, be it the browser's own or not. */

/** @type {WeakMap<FormField, ElementInternals>} */
const internals = new WeakMap();

/** Where there is no document, as on a server, the element can be imported and nothing more. @type {typeof HTMLElement} */
const Element = globalThis.HTMLElement ?? class {};

export class FormField extends Element {
  static formAssociated = true;

  constructor() {
    super();
    internals.set(this, this.attachInternals());
  }

  get #internals() {
    return /** @type {ElementInternals} */ (internals.get(this));
  }

  get name() {
    return this.getAttribute('name') ?? '';
  }

  set name(name) {
    reflect(this, 'name', name);
  }

  get required() {
    return this.hasAttribute('required');
  }

  set required(required) {
    this.toggleAttribute('required', Boolean(required));
  }

  get disabled() {
    return this.hasAttribute('disabled');
  }

  set disabled(disabled) {
    this.toggleAttribute('disabled', Boolean(disabled));
  }

  get form() {
    return this.#internals.form;
  }

  get validity() {
    return this.#internals.validity;
  }

  get validationMessage() {
    return this.#internals.validationMessage;
  }

  get willValidate() {
    return this.#internals.willValidate;
  }

  checkValidity() {
    return this.#internals.checkValidity();
  }

  reportValidity() {
    return this.#internals.reportValidity();
  }
}

/** Sets an attribute, or takes it away. @param {Element} element @param {string} name @param {string | null | undefined} value */
export function reflect(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * Tells the form around a field what to send and what to bring back; and why it cannot be sent, if so.
 * @param {FormField} field @param {string} value @param {string} state @param {string} missing what is said where it is missing @param {HTMLElement | null} anchor
 */
export function settle(field, value, state, missing, anchor) {
  const own = /** @type {ElementInternals} */ (internals.get(field));
  own.setFormValue(value || null, state);
  own.setValidity({ valueMissing: Boolean(missing) }, missing, anchor ?? undefined);
}
