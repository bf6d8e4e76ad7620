import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { CannedBody, CannedResponse } from '../api/settings-types.ts';
import type { Speech } from '../i18n/speech.ts';

type Problems = Partial<Record<'title' | 'body' | 'rest', string>>;

/** What is typed about a canned response, old or new, until it is saved. */
export class CannedForm {
  readonly known: CannedResponse | null;
  readonly fields: CannedBody;
  #api: ApiClient;
  #say: Speech;
  #before: string;
  #problems = $state.raw<Problems>({});
  #busy = $state(false);
  #over = $state(false);
  /** The same for every try to make it: made twice, it is made once. */
  #key = crypto.randomUUID();

  constructor(api: ApiClient, say: Speech, known: CannedResponse | null) {
    this.#api = api;
    this.#say = say;
    this.known = known;
    const { title = '', body = '', personal = true } = known ?? {};
    this.fields = $state({ title, body, personal });
    this.#before = JSON.stringify(this.fields);
  }

  get problems(): Problems {
    return this.#problems;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Whether leaving would lose something. */
  get isChanged(): boolean {
    return !this.#over && JSON.stringify(this.fields) !== this.#before;
  }

  /** False when it was refused. */
  async save(): Promise<boolean> {
    const words = this.#say.t.canned;
    const { title, body } = this.fields;
    this.#problems = {
      ...(title.trim() === '' && { title: words.titleMissing }),
      ...(body.trim() === '' && { body: words.textMissing }),
    };
    if (Object.keys(this.#problems).length > 0) return false;
    return this.#run(() =>
      this.known === null
        ? this.#api.settings.makeCanned(this.fields, this.#key)
        : this.#api.settings.changeCanned(this.known.id, this.fields),
    );
  }

  async remove(): Promise<boolean> {
    const { known } = this;
    return known !== null && this.#run(() => this.#api.settings.removeCanned(known.id));
  }

  async #run(ask: () => Promise<unknown>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      await ask();
      this.#over = true;
      return true;
    } catch (error) {
      this.#problems = { rest: sentence(error, this.#say) };
      // A key belongs to one body: what was mended is another try.
      this.#key = crypto.randomUUID();
      return false;
    } finally {
      this.#busy = false;
    }
  }
}
