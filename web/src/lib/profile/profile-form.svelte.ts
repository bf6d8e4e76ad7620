import { ApiError, sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { Me, ReminderKind } from '../api/settings-types.ts';
import { languageHere, type Language } from '../i18n/language.ts';
import type { Speech } from '../i18n/speech.ts';
import { htmlOfText, sentWords } from '../editor/words/mail-html.ts';
import { RichText } from '../editor/words/rich-text.svelte.ts';

export const KINDS: readonly ReminderKind[] = [
  'callback',
  'customer_replied',
  'invited',
  'mentioned',
  'assigned',
  'delivery_failed',
];

/** '' stands for "as the browser", "as the company". */
interface Fields {
  name: string;
  language: Language | '';
  timeZone: string;
  undo: string;
  mail: ReminderKind[];
  browser: ReminderKind[];
}

/** What is typed on the page of the own profile, until it is saved. */
export class ProfileForm {
  readonly fields: Fields;
  readonly signature = new RichText();
  #api: ApiClient;
  #say: Speech;
  #signedBefore: string;
  #problem = $state<string | null>(null);
  #nameProblem = $state<string | null>(null);
  #busy = $state(false);

  constructor(api: ApiClient, say: Speech, me: Me) {
    this.#api = api;
    this.#say = say;
    this.fields = $state(fieldsOf(me));
    const { signature, signatureHtml } = me.agent;
    this.signature.set(signatureHtml ?? htmlOfText(signature));
    this.#signedBefore = this.#signed;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get problem(): string | null {
    return this.#problem;
  }

  get nameProblem(): string | null {
    return this.#nameProblem;
  }

  /** As it is sent, so that what the editor alone writes otherwise is no change. */
  get #signed(): string {
    return JSON.stringify(sentWords(this.signature.html));
  }

  /** Its words alone, and its layout where it has one. */
  #signature(): { signature: string; signatureHtml: string | null } {
    const sent = sentWords(this.signature.html);
    return 'html' in sent
      ? { signature: this.signature.text.trim(), signatureHtml: sent.html }
      : { signature: sent.text, signatureHtml: null };
  }

  /** Null when it was refused. */
  async save(): Promise<Me | null> {
    const { name, language, timeZone, undo, mail, browser } = this.fields;
    this.#nameProblem = name.trim() === '' ? this.#say.t.profile.nameMissing : null;
    this.#problem = null;
    if (this.#busy || this.#nameProblem !== null) return null;
    this.#busy = true;
    try {
      const me = await this.#api.settings.changeMe({
        name,
        language: language === '' ? null : language,
        timeZone: timeZone === '' ? null : timeZone,
        // One that a program made may hold what the editor cannot show: unchanged, it stays.
        ...(this.#signed !== this.#signedBefore && this.#signature()),
        undoSeconds: undo === '' ? null : Number(undo),
        notifications: { mail, browser },
      });
      this.#signedBefore = this.#signed;
      return me;
    } catch (error) {
      this.#problem = sentence(error, this.#say);
      return null;
    } finally {
      this.#busy = false;
    }
  }
}

function fieldsOf({ agent }: Me): Fields {
  const { name, notifications } = agent;
  return {
    name,
    language: agent.language ?? '',
    timeZone: agent.timeZone ?? '',
    undo: agent.ownUndoSeconds === null ? '' : String(agent.ownUndoSeconds),
    mail: [...notifications.mail],
    browser: [...notifications.browser],
  };
}

/** Whether the page must begin anew to speak as it was asked to. */
export function speaksOtherwise(me: Me, say: Speech, zoneBefore: string | null): boolean {
  const language = me.agent.language ?? languageHere();
  return language !== say.language || me.agent.timeZone !== zoneBefore;
}

/** Changes the password; gives the problems of the two fields and of neither. */
export async function changePassword(
  api: ApiClient,
  say: Speech,
  { current, fresh }: { current: string; fresh: string },
): Promise<{ current?: string; fresh?: string; rest?: string } | null> {
  const words = say.t.profile;
  if (current === '') return { current: words.passwordEmpty };
  if (fresh.length < PASSWORD_CHARS_MIN) return { fresh: words.passwordShort };
  try {
    await api.settings.changePassword(current, fresh);
    return null;
  } catch (error) {
    const isWrong = error instanceof ApiError && error.message.includes('"current"');
    return isWrong ? { current: words.passwordWrong } : { rest: sentence(error, say) };
  }
}

/** As the API has it. */
const PASSWORD_CHARS_MIN = 8;
