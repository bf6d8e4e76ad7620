import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { Article, ArticleBody, ArticleDraft, KnowledgeBase } from '../api/settings-types.ts';
import type { Speech } from '../i18n/speech.ts';

type Problems = Partial<Record<'title' | 'body' | 'rest', string>>;

/** As long as a pause between words. */
const PAUSE_MS = 300;

/** What an article is before anything is typed. */
export interface ArticleStart {
  /** Null: a new one. */
  known: Article | null;
  bases: readonly KnowledgeBase[];
  /** What a new one is made of. */
  learnt: { ticket: number; draft: ArticleDraft } | null;
}

/** What is typed of an article, old or new, and how it reads. */
export class ArticleForm {
  readonly known: Article | null;
  readonly fields: ArticleBody;
  #api: ApiClient;
  #say: Speech;
  #before: string;
  #problems = $state.raw<Problems>({});
  #html = $state('');
  #busy = $state(false);
  #over = $state(false);
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The same for every try to make it: made twice, it is made once. */
  #key = crypto.randomUUID();

  constructor(api: ApiClient, say: Speech, { known, bases, learnt }: ArticleStart) {
    this.#api = api;
    this.#say = say;
    this.known = known;
    this.fields = $state(fieldsOf({ known, bases, learnt }, say));
    this.#before = JSON.stringify(this.fields);
    this.look(0);
  }

  get problems(): Problems {
    return this.#problems;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** The text as it is read; '' while there is none. */
  get html(): string {
    return this.#html;
  }

  /** Whether leaving would lose something. */
  get isChanged(): boolean {
    return !this.#over && JSON.stringify(this.fields) !== this.#before;
  }

  get body(): string {
    return this.fields.body;
  }

  set body(body: string) {
    this.fields.body = body;
    this.look(PAUSE_MS);
  }

  /** Asks how the text reads; an answer that is late is not waited for. */
  look(afterMs: number): void {
    this.stop();
    this.#timer = setTimeout(() => void this.#ask(), afterMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  /** False when it was refused. */
  async save(): Promise<boolean> {
    const words = this.#say.t.knowledge;
    const { title, body, knowledgeBase } = this.fields;
    this.#problems = {
      ...(title.trim() === '' && { title: words.titleMissing }),
      ...(body.trim() === '' && { body: words.textMissing }),
      ...(knowledgeBase === '' && { rest: words.baseMissing }),
    };
    if (Object.keys(this.#problems).length > 0) return false;
    return this.#run(() =>
      this.known === null
        ? this.#api.settings.makeArticle(this.fields, this.#key)
        : this.#api.settings.changeArticle(this.known.id, this.fields),
    );
  }

  async remove(): Promise<boolean> {
    const { known } = this;
    return known !== null && this.#run(() => this.#api.settings.removeArticle(known.id));
  }

  async #ask(): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    if (this.body.trim() === '') {
      this.#html = '';
      return;
    }
    try {
      this.#html = (await this.#api.settings.previewArticle(this.body, signal)).html;
    } catch {
      // The text is there; how it reads is seen with the next letter.
    }
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

function fieldsOf({ known, bases, learnt }: ArticleStart, { language }: Speech): ArticleBody {
  if (known === null) {
    const knowledgeBase = bases[0]?.id ?? '';
    const blank = { knowledgeBase, title: '', body: '', language, published: false, labels: [] };
    if (learnt === null) return blank;
    const { ticket: fromTicket, draft } = learnt;
    const { title, body } = draft;
    return { ...blank, title, body, language: draft.language, fromTicket };
  }
  const { knowledgeBase, title, body, published, labels } = known;
  return {
    ...{ title, body, published, labels },
    language: known.language,
    knowledgeBase: knowledgeBase.id,
  };
}
