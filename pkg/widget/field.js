/** The members that every form field has, built-in or custom. */

/** @type {WeakMap<FormField, ElementInternals>} */
const internals = new WeakMap();

/** Without a DOM, for example on a server, the module can be imported but not used. @type {typeof HTMLElement} */
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

/**
 * Sets or removes an attribute.
 * @param {Element} element @param {string} name @param {string | null | undefined} value
 */
export function reflect(element, name, value) {
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/**
 * Sets a field's value, the state that the browser restores it from, and its validity in the surrounding form.
 * @param {FormField} field @param {string} value @param {string} state
 * @param {string} missing the message if a required value is missing @param {HTMLElement | null} anchor
 */
export function settle(field, value, state, missing, anchor) {
  const own = /** @type {ElementInternals} */ (internals.get(field));
  own.setFormValue(value || null, state);
  own.setValidity({ valueMissing: Boolean(missing) }, missing, anchor ?? undefined);
}
