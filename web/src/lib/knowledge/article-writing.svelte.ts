import { ApiError, sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import { MadeOnce } from '../api/made-once.ts';
import type { Article, ArticleBody, Writing } from '../api/settings-types.ts';
import { labelsIn } from '../canned/label-list.ts';
import type { Speech } from '../i18n/speech.ts';
import { textOr, type Text, theirsIn } from './other-text.ts';
import type { About, BegunArticle, OpenedArticle } from './opened-article.ts';
import { forgetArticle, keepArticle, keptArticle } from './kept-article.ts';

/** Long enough to gather a word or two, short enough to lose nothing worth naming. */
const SAVE_AFTER_MS = 800;

/** When the server cannot be reached it is asked again so often. */
const AGAIN_AFTER_MS = 15_000;

export type Saved = 'nothing' | 'waiting' | 'saved' | 'here';

/**
 * An article that is being written. Each change is kept in this browser at once and on the server
 * soon after; readers see it when it is published.
 */
export class ArticleWriting {
  readonly about: About;
  #api: ApiClient;
  #say: Speech;
  #article = $state.raw<Article | null>(null);
  #now = $state.raw<Writing | null>(null);
  #title = $state('');
  #body = $state('');
  #saved = $state<Saved>('nothing');
  #problem = $state<string | null>(null);
  #theirs = $state.raw<(Text & { revision: string }) | null>(null);
  #onMade: (id: string) => void;
  #begun: BegunArticle | null;
  #sentAbout: string;
  #saves: Promise<unknown> = Promise.resolve();
  #acts: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;
  #once = new MadeOnce<{ body: ArticleBody; about: string }>();

  constructor(
    api: ApiClient,
    say: Speech,
    { opened, begun }: { opened: OpenedArticle | null; begun: BegunArticle | null },
    about: About,
    onMade: (id: string) => void,
  ) {
    [this.#api, this.#say, this.#onMade] = [api, say, onMade];
    this.#article = opened?.article ?? null;
    this.#now = opened?.writing ?? null;
    this.about = $state(about);
    this.#sentAbout = JSON.stringify(about);
    this.#begun = begun;
    const kept = keptArticle(this.#keptAs);
    [this.#title, this.#body] = textOr(kept ?? opened?.writing ?? begun);
    if (opened && kept) this.#now = { ...opened.writing, revision: kept.base };
    // What the desk wrote down of a ticket is worth keeping as it is; a copy is not.
    if (kept !== null || typeof begun?.masked === 'number') this.changed();
  }

  get id(): string | null {
    return this.#article?.id ?? null;
  }

  /** Null before it was saved for the first time. */
  get article(): Article | null {
    return this.#article;
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
    this.changed();
  }

  get body(): string {
    return this.#body;
  }

  set body(body: string) {
    this.#body = body;
    this.changed();
  }

  get saved(): Saved {
    return this.#saved;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** What another writer saved meanwhile; until that is settled nothing is saved over it. */
  get theirs(): Text | null {
    return this.#theirs;
  }

  get isPublished(): boolean {
    return this.#article?.published ?? false;
  }

  /** Whether readers of a published article see another text. */
  get hasChanges(): boolean {
    const { title, body } = this.#article ?? { title: '', body: '' };
    return this.isPublished && (title !== this.#title || body !== this.#body);
  }

  get isComplete(): boolean {
    return this.#title.trim() !== '' && this.#body.trim() !== '';
  }

  /** Something was typed or chosen. */
  changed = (): void => {
    this.#saved = 'waiting';
    this.#keepHere();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#save(), SAVE_AFTER_MS);
  };

  /** Mine goes over theirs, or makes room for it. */
  settle(mine: boolean): void {
    const theirs = this.#theirs;
    if (theirs === null) return;
    this.#theirs = null;
    if (this.#now) this.#now = { ...this.#now, ...theirs };
    if (!mine) [this.#title, this.#body] = textOr(theirs);
    this.changed();
  }

  /** Shows a text that the server has already. */
  take(writing: Writing): void {
    this.#now = writing;
    [this.#title, this.#body] = textOr(writing);
    this.#theirs = null;
    this.#saved = 'saved';
    forgetArticle(this.#keptAs);
  }

  /**
   * With all that is typed saved first, and one after the other; null when it was refused, and says
   * why.
   */
  run<T>(act: (id: string, base: string) => Promise<T>): Promise<T | null> {
    const done = this.#acts.then(() => this.#act(act));
    this.#acts = done;
    return done;
  }

  async #act<T>(act: (id: string, base: string) => Promise<T>): Promise<T | null> {
    await this.flush();
    if (this.id === null || this.#now === null || this.#saved === 'here') return null;
    this.#problem = null;
    try {
      return await act(this.id, this.#now.revision);
    } catch (error) {
      this.#refused(error);
      return null;
    }
  }

  /** What the server has now, after something else than typing has changed it. */
  async reload(): Promise<void> {
    const { id } = this;
    if (id === null) return;
    const asked = [this.#api.settings.article(id), this.#api.articles.draft(id)] as const;
    const [article, writing] = await Promise.all(asked);
    this.#article = article;
    this.take(writing);
  }

  /** Saves what still waits, for instance when the page is left. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#saved === 'waiting' || this.#saved === 'here') await this.#save();
    await this.#saves;
  }

  /** Leaves the clock alone when the page goes. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /** It is gone, and with it what was kept of it here. */
  forget(): void {
    this.stop();
    forgetArticle(this.#keptAs);
    this.#saved = 'nothing';
  }

  #keepHere(): void {
    const base = this.#now?.revision ?? '';
    keepArticle(this.#keptAs, { title: this.#title, body: this.#body, base });
  }

  /** One after the other: each says which text it was made from. */
  #save(): Promise<unknown> {
    this.#saves = this.#saves.then(() => this.#saveNow());
    return this.#saves;
  }

  async #saveNow(): Promise<void> {
    if (this.#theirs !== null || (this.id === null && !this.#canBegin)) {
      this.#saved = 'here';
      return;
    }
    const before = this.#written;
    try {
      if (this.id === null) await this.#make();
      else await this.#saveText(this.id);
      await this.#saveAbout();
      this.#problem = null;
      if (this.#written !== before) return this.#keepHere();
      forgetArticle(this.#keptAs);
      this.#saved = 'saved';
    } catch (error) {
      this.#refused(error);
      this.#saved = 'here';
      if (this.#stopped || this.#theirs !== null) return;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#save(), AGAIN_AFTER_MS);
    }
  }

  get #canBegin(): boolean {
    return this.isComplete && this.about.knowledgeBase !== '';
  }

  /** What is begun of a ticket or a translation is not what is begun of another article. */
  get #keptAs(): string {
    return this.id ?? this.#begun?.place ?? 'new';
  }

  get #written(): string {
    return JSON.stringify([this.#title, this.#body, this.about]);
  }

  get #aboutBody(): Pick<ArticleBody, 'knowledgeBase' | 'language' | 'labels'> {
    const { knowledgeBase, language, labels } = this.about;
    return { knowledgeBase, language, labels: labelsIn(labels) };
  }

  async #make(): Promise<void> {
    const text = { title: this.#title, body: this.#body };
    const about = JSON.stringify(this.about);
    const body = { ...text, ...this.#aboutBody, ...this.#begun?.origin, published: false };
    const { made, of } = await this.#once.make({ body, about }, (sent, key) =>
      this.#api.settings.makeArticle(sent.body, key),
    );
    this.#now = await this.#api.articles.draft(made.id);
    forgetArticle(this.#keptAs);
    this.#article = made;
    this.#sentAbout = of.about;
    // Whoever has left the page meanwhile stays where they are.
    if (!this.#stopped) this.#onMade(made.id);
    const isBehind = of.body.title !== this.#title || of.body.body !== this.#body;
    if (isBehind) await this.#saveText(made.id);
  }

  async #saveText(id: string): Promise<void> {
    const now = this.#now;
    if (now === null || (now.title === this.#title && now.body === this.#body)) return;
    const text = { title: this.#title, body: this.#body };
    this.#now = await this.#api.articles.saveDraft(id, { ...text, base: now.revision });
  }

  async #saveAbout(): Promise<void> {
    const about = JSON.stringify(this.about);
    if (this.id === null || about === this.#sentAbout) return;
    this.#article = await this.#api.settings.changeArticle(this.id, this.#aboutBody);
    this.#sentAbout = about;
  }

  #refused(error: unknown): void {
    const theirs = error instanceof ApiError && error.code === 'news' ? theirsIn(error) : null;
    if (theirs === null) this.#problem = sentence(error, this.#say);
    else this.#theirs = theirs;
  }
}
