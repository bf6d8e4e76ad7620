import { sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import type { CompanySettings } from '../api/settings-types.ts';
import type { Language } from '../i18n/language.ts';
import type { Speech } from '../i18n/speech.ts';

const MB = 1_048_576;
const DAYS_MAX = 365;
/** As the API has it: less would be a switch for files. */
const MB_MIN = 0.1;

interface Fields {
  reopenDays: string;
  file: string;
  mail: string;
  undo: string;
  language: Language;
}

type Problems = Partial<Record<'reopenDays' | 'file' | 'mail' | 'rest', string>>;

/** What is typed about the limits of the company, until it is saved. */
export class LimitsForm {
  readonly fields: Fields;
  #settings: CompanySettings;
  #api: ApiClient;
  #say: Speech;
  #problems = $state.raw<Problems>({});
  #busy = $state(false);

  constructor(api: ApiClient, say: Speech, settings: CompanySettings) {
    this.#api = api;
    this.#say = say;
    this.#settings = $state.raw(settings);
    this.fields = $state(fieldsOf(settings, say));
  }

  get settings(): CompanySettings {
    return this.#settings;
  }

  get problems(): Problems {
    return this.#problems;
  }

  get busy(): boolean {
    return this.#busy;
  }

  /** A number of megabytes as it is written here. */
  megabytes(bytes: number): string {
    return numberText(bytes / MB, this.#say);
  }

  /** False when it was refused. */
  async save(): Promise<boolean> {
    if (this.#busy) return false;
    this.#problems = this.#wrong();
    if (Object.keys(this.#problems).length > 0) return false;
    this.#busy = true;
    const { reopenDays, file, mail, undo, language } = this.fields;
    try {
      this.#settings = await this.#api.settings.changeCompany({
        language,
        undoSeconds: Number(undo),
        reopenDays: numberIn(reopenDays),
        attachmentBytesMax: bytesIn(file),
        mailBytesMax: bytesIn(mail),
      });
      return true;
    } catch (error) {
      this.#problems = { rest: sentence(error, this.#say) };
      return false;
    } finally {
      this.#busy = false;
    }
  }

  #wrong(): Problems {
    const { texts } = this.#say.t;
    const { attachmentBytesMax, mailBytesMax } = this.#settings.server;
    const days = numberIn(this.fields.reopenDays);
    const isWrongSize = (text: string, max: number) => {
      const size = numberIn(text);
      return size !== null && !(size >= MB_MIN && size * MB <= max);
    };
    const isWrongDays = days !== null && !(Number.isInteger(days) && days >= 1 && days <= DAYS_MAX);
    return {
      ...(isWrongDays && { reopenDays: texts.daysWrong }),
      ...(isWrongSize(this.fields.file, attachmentBytesMax) && {
        file: texts.bytesWrong(this.megabytes(attachmentBytesMax)),
      }),
      ...(isWrongSize(this.fields.mail, mailBytesMax) && {
        mail: texts.bytesWrong(this.megabytes(mailBytesMax)),
      }),
    };
  }
}

function fieldsOf(settings: CompanySettings, say: Speech): Fields {
  const { reopenDays, attachmentBytesMax, mailBytesMax, undoSeconds, language } = settings;
  const megabytes = (bytes: number | null) => (bytes === null ? '' : numberText(bytes / MB, say));
  return {
    language,
    reopenDays: reopenDays === null ? '' : numberText(reopenDays, say),
    file: megabytes(attachmentBytesMax),
    mail: megabytes(mailBytesMax),
    undo: String(undoSeconds),
  };
}

function numberText(n: number, { language }: Speech): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1, useGrouping: false }).format(
    n,
  );
}

/** With a point or a comma; null for nothing, NaN for no number. */
function numberIn(text: string): number | null {
  const typed = text.trim().replace(',', '.');
  return typed === '' ? null : Number(typed);
}

function bytesIn(text: string): number | null {
  const size = numberIn(text);
  return size === null ? null : Math.round(size * MB);
}
