import type { Form } from './desk.ts';

/** 128 bits of chance. */
const KEY_BYTES = 16;

/**
 * The idempotency key of a message: the same one that is sent again after a broken line is not
 * another, and one that was changed is.
 */
export class FormKey {
  #form = '';
  #key = '';

  of({ files, ...words }: Form): string {
    const form = JSON.stringify([words, files.map(({ name, size }) => [name, size])]);
    if (form !== this.#form) this.#key = newKey();
    this.#form = form;
    return this.#key;
  }
}

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
