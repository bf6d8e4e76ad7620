import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { FirstSteps } from '../api/settings-types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { LiveEvents } from '../live/live-events.svelte.ts';

export const STEPS = ['mailbox', 'invited', 'testMail', 'form'] as const;
export type Step = (typeof STEPS)[number];

/** Bursts of news ask once. */
const GATHER_MS = 300;

/** What is done of the first steps: facts that the API knows, asked for again with the news. */
export class StepList {
  #api: ApiClient;
  #say: Speech;
  #known = $state.raw<FirstSteps | null>(null);
  #error = $state<string | null>(null);

  constructor(api: ApiClient, say: Speech) {
    this.#api = api;
    this.#say = say;
  }

  get known(): FirstSteps | null {
    return this.#known;
  }

  get error(): string | null {
    return this.#error;
  }

  get done(): number {
    const { steps } = this.#known ?? {};
    return STEPS.filter((step) => steps?.[step]).length;
  }

  /** Loads them and follows the news; answers the way to stop. */
  follow(live: LiveEvents): () => void {
    void this.refresh();
    return live.gather(
      ({ kind }) => kind !== 'reminder' && kind !== 'presence',
      GATHER_MS,
      this.refresh,
    );
  }

  refresh = async (): Promise<void> => {
    try {
      this.#known = await this.#api.settings.firstSteps();
      this.#error = null;
    } catch (error) {
      this.#error = sentence(error, this.#say);
    }
  };
}

/** The contact form of a mailbox, to be put into any page. */
export function formHtml(url: string, { t, language }: Speech): string {
  const { name, email, subject, text, send } = t.firstSteps.formFields;
  const field = (label: string, input: string) => `  <p><label>${label}<br>${input}</label></p>`;
  return [
    `<form method="post" action="${url}" lang="${language}">`,
    field(name, '<input name="name" autocomplete="name">'),
    field(email, '<input name="email" type="email" autocomplete="email" required>'),
    field(subject, '<input name="subject" maxlength="200" required>'),
    field(text, '<textarea name="text" rows="8" required></textarea>'),
    `  <p><button>${send}</button></p>`,
    '</form>',
  ].join('\n');
}
