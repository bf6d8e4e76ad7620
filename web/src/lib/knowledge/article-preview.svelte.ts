import type { ApiClient } from '../api/client.ts';

/** As long as a pause between words. */
const PAUSE_MS = 300;

/** How a text that is being written reads; an answer that is late is not waited for. */
export class ArticlePreview {
  #api: ApiClient;
  #html = $state('');
  #asking = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: ApiClient) {
    this.#api = api;
  }

  /** '' while there is nothing to read. */
  get html(): string {
    return this.#html;
  }

  show(body: string, afterMs = PAUSE_MS): void {
    this.stop();
    this.#timer = setTimeout(() => void this.#ask(body), afterMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking.abort();
  }

  async #ask(body: string): Promise<void> {
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    if (body.trim() === '') {
      this.#html = '';
      return;
    }
    try {
      this.#html = (await this.#api.settings.previewArticle(body, signal)).html;
    } catch {
      // The text is there; how it reads is seen with the next letter.
    }
  }
}
