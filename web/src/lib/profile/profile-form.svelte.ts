import { ApiError, sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { Me, ReminderKind } from '../api/settings-types.ts';
import { languageHere, type Language } from '../i18n/language.ts';
import type { Speech } from '../i18n/speech.ts';

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
  signature: string;
  undo: string;
  mail: ReminderKind[];
  browser: ReminderKind[];
}

/** What is typed on the page of the own profile, until it is saved. */
export class ProfileForm {
  readonly fields: Fields;
  #api: ApiClient;
  #say: Speech;
  #before: string;
  #problem = $state<string | null>(null);
  #nameProblem = $state<string | null>(null);
  #busy = $state(false);

  constructor(api: ApiClient, say: Speech, me: Me) {
    this.#api = api;
    this.#say = say;
    this.fields = $state(fieldsOf(me));
    this.#before = JSON.stringify(this.fields);
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

  get isChanged(): boolean {
    return JSON.stringify(this.fields) !== this.#before;
  }

  /** Null when it was refused. */
  async save(): Promise<Me | null> {
    const { name, language, timeZone, signature, undo, mail, browser } = this.fields;
    this.#nameProblem = name.trim() === '' ? this.#say.t.profile.nameMissing : null;
    this.#problem = null;
    if (this.#busy || this.#nameProblem !== null) return null;
    this.#busy = true;
    try {
      const me = await this.#api.settings.changeMe({
        name,
        language: language === '' ? null : language,
        timeZone: timeZone === '' ? null : timeZone,
        signature,
        // What was typed as plain text is what is meant: an older one with looks goes.
        signatureHtml: null,
        undoSeconds: undo === '' ? null : Number(undo),
        notifications: { mail, browser },
      });
      this.#before = JSON.stringify(this.fields);
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
  const { name, signature, notifications } = agent;
  return {
    name,
    signature,
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
