import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import { MadeOnce } from '../api/made-once.ts';
import type { AfterSend, CannedBody, CannedResponse } from '../api/settings-types.ts';
import { FileSet, type UploadLimits } from '../editor/file-set.svelte.ts';
import type { Speech } from '../i18n/speech.ts';
import { labelsIn, labelText } from './label-list.ts';

type Problems = Partial<Record<'title' | 'body' | 'days' | 'rest', string>>;

/** A year: the server takes no more. */
const DAYS_MAX = 366;

interface Fields {
  title: string;
  body: string;
  folder: string;
  personal: boolean;
  /** As `labelText` writes them. */
  labels: string;
  after: 'nothing' | 'solve' | 'summary' | 'pend';
  days: string;
}

/** What is typed about a canned response, old or new, until it is saved. */
export class CannedForm {
  readonly known: CannedResponse | null;
  readonly fields: Fields;
  readonly files: FileSet;
  #api: ApiClient;
  #say: Speech;
  #before: string;
  #problems = $state.raw<Problems>({});
  #busy = $state(false);
  #over = $state(false);
  #once = new MadeOnce<CannedBody>();

  constructor(api: ApiClient, say: Speech, known: CannedResponse | null, limits: UploadLimits) {
    this.#api = api;
    this.#say = say;
    this.known = known;
    const { title = '', body = '', folder = '', personal = true } = known ?? {};
    const labels = labelText(known?.labels ?? []);
    this.fields = $state({ title, body, folder, personal, labels, ...afterFields(known) });
    // Pictures stand in no text here.
    this.files = new FileSet(say, limits, nothing, nothing);
    this.files.takeBack(known?.attachments ?? []);
    this.#before = JSON.stringify(this.#body);
  }

  get problems(): Problems {
    return this.#problems;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** Whether leaving would lose something. */
  get isChanged(): boolean {
    return !this.#over && JSON.stringify(this.#body) !== this.#before;
  }

  /** False when it was refused. */
  async save(): Promise<boolean> {
    const words = this.#say.t.canned;
    const { title, body, after, days } = this.fields;
    const isDays = /^\d+$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= DAYS_MAX;
    this.#problems = {
      ...(title.trim() === '' && { title: words.titleMissing }),
      ...(body.trim() === '' && { body: words.textMissing }),
      ...(after === 'pend' && !isDays && { days: words.daysWrong(days.trim(), DAYS_MAX) }),
    };
    if (Object.keys(this.#problems).length > 0) return false;
    return this.#run(async () => {
      await this.files.settled();
      if (this.files.failed) return words.fileMissing;
      await (this.known === null
        ? this.#make()
        : this.#api.settings.changeCanned(this.known.id, this.#body));
      return null;
    });
  }

  async #make(): Promise<void> {
    const { made, of } = await this.#once.make(this.#body, this.#api.settings.makeCanned);
    const isBehind = JSON.stringify(of) !== JSON.stringify(this.#body);
    if (isBehind) await this.#api.settings.changeCanned(made.id, this.#body);
  }

  get #body(): CannedBody {
    const { title, body, folder, personal, labels } = this.fields;
    return {
      title,
      body,
      personal,
      folder: namesIn(folder, '/').join('/'),
      labels: labelsIn(labels),
      afterSend: this.#afterSend,
      attachments: this.files.ids,
    };
  }

  get #afterSend(): AfterSend | null {
    const { after, days } = this.fields;
    if (after === 'nothing') return null;
    if (after === 'pend') return { pend: { days: Number(days) } };
    return { solve: { summary: after === 'summary' } };
  }

  async remove(): Promise<boolean> {
    const { known } = this;
    if (known === null) return false;
    return this.#run(async () => {
      await this.#api.settings.removeCanned(known.id);
      return null;
    });
  }

  /** `ask` gives what keeps it from being done, in words. */
  async #run(ask: () => Promise<string | null>): Promise<boolean> {
    if (this.#busy) return false;
    this.#busy = true;
    try {
      const rest = await ask();
      this.#over = rest === null;
      if (rest !== null) this.#problems = { rest };
      return this.#over;
    } catch (error) {
      this.#problems = { rest: sentence(error, this.#say) };
      return false;
    } finally {
      this.#busy = false;
    }
  }
}

function afterFields(known: CannedResponse | null): Pick<Fields, 'after' | 'days'> {
  const { solve, pend } = known?.afterSend ?? {};
  if (pend) return { after: 'pend', days: String(pend.days) };
  return { after: solve ? (solve.summary ? 'summary' : 'solve') : 'nothing', days: '3' };
}

function namesIn(text: string, mark: string): string[] {
  const names = text.split(mark).map((name) => name.trim());
  return names.filter((name) => name !== '');
}

function nothing(): void {}
