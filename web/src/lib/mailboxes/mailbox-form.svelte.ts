import type { ApiClient } from '../api/client.ts';
import type { MailboxSettings } from '../api/mailbox-types.ts';
import type { Speech } from '../i18n/speech.ts';
import { missingIn, problemsOf, type FieldProblems } from './field-problems.ts';
import { bodyOf, fieldsOf, type MailboxFields } from './mailbox-fields.ts';

const NONE: FieldProblems = { fields: {}, rest: null };

/** What is typed about a mailbox, old or new, until it is saved. */
export class MailboxForm {
  readonly known: MailboxSettings | null;
  readonly fields = $state<MailboxFields>(fieldsOf(null));
  #api: ApiClient;
  readonly #say: Speech;
  #before: string;
  #problems = $state.raw<FieldProblems>(NONE);
  #busy = $state(false);
  #saved = $state(false);
  /** The same for every try to make it: made twice, it is made once. */
  #key = crypto.randomUUID();

  constructor(api: ApiClient, known: MailboxSettings | null, say: Speech) {
    this.#api = api;
    this.#say = say;
    this.known = known;
    Object.assign(this.fields, fieldsOf(known));
    this.#before = JSON.stringify(this.fields);
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Whether leaving would lose something. */
  get isChanged(): boolean {
    return !this.#saved && JSON.stringify(this.fields) !== this.#before;
  }

  /** What is about no single field. */
  get problem(): string | null {
    return this.#problems.rest;
  }

  get hasProblems(): boolean {
    return this.#problems !== NONE;
  }

  /** What is wrong with a field, by its name in the API: `incoming.host`. */
  problemAt(field: string): string | null {
    return this.#problems.fields[field] ?? null;
  }

  /** Null when it was refused. */
  async save(): Promise<MailboxSettings | null> {
    if (this.#busy) return null;
    const missing = missingIn(this.fields, this.known, this.#say);
    if (Object.keys(missing).length > 0) {
      this.#problems = { fields: missing, rest: null };
      return null;
    }
    this.#busy = true;
    this.#problems = NONE;
    try {
      const saved = await this.#send();
      this.#saved = true;
      return saved;
    } catch (error) {
      this.#problems = problemsOf(error, this.fields, this.#say);
      // A key belongs to one body: what was mended is another try.
      this.#key = crypto.randomUUID();
      return null;
    } finally {
      this.#busy = false;
    }
  }

  #send(): Promise<MailboxSettings> {
    const body = bodyOf(this.fields, this.known);
    return this.known === null
      ? this.#api.makeMailbox(body, this.#key)
      : this.#api.changeMailbox(this.known.id, body);
  }
}
