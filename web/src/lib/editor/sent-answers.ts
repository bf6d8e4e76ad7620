import { createContext } from 'svelte';
import { ApiError, sentence } from '../api/api-error.ts';
import type { ApiClient } from '../api/client.ts';
import { fieldsOf, textIn } from '../api/json.ts';
import type { Attachment } from '../api/types.ts';
import type { Speech } from '../i18n/speech.ts';
import type { Toasts } from '../parts/toasts.svelte.ts';
import type { AnswerContent, AnswerDraft } from './answer-draft.svelte.ts';
import { forgetItem, forgetLocal, keepItem, keptLocal, listIn, readItem } from './local-draft.ts';
import { htmlOfText } from './words/mail-html.ts';

const KEY = 'postkeep:sent';

/** An answer in its undo time, with all that taking it back needs. */
export interface SentAnswer {
  message: string;
  number: number;
  to: string;
  then: 'solve' | 'pend' | null;
  /** When it leaves, in ms since 1970. */
  leavesAt: number;
  content: AnswerContent;
}

/**
 * Answers that can still be taken back: on whichever page the agent is by then, and after a reload.
 */
export class SentAnswers {
  #api: ApiClient;
  #toasts: Toasts;
  #say: Speech;
  #open: (number: number) => unknown;
  #drafts = new Map<number, AnswerDraft>();

  constructor(
    { api, toasts, say }: { api: ApiClient; toasts: Toasts; say: Speech },
    open: (number: number) => unknown,
  ) {
    this.#api = api;
    this.#toasts = toasts;
    this.#say = say;
    this.#open = open;
  }

  /** A draft that is on the page: what is taken back goes there. Answers the way to stop. */
  follow(draft: AnswerDraft): () => void {
    this.#drafts.set(draft.number, draft);
    return () => {
      if (this.#drafts.get(draft.number) === draft) this.#drafts.delete(draft.number);
    };
  }

  sent(answer: SentAnswer): void {
    if (answer.leavesAt <= Date.now()) return;
    this.#keep([...keptAnswers(), answer]);
    this.#show(answer);
  }

  /** After a reload: those whose time is not over. */
  resume(): void {
    const waiting = keptAnswers();
    this.#keep(waiting);
    waiting.forEach((answer) => this.#show(answer));
  }

  #show(answer: SentAnswer): void {
    const { t } = this.#say;
    const id = this.#toasts.show({
      text: t.editor.leaves(answer.to),
      sub: t.editor.leavesThen(answer.number, answer.then),
      countdown: true,
      about: answer.message,
      lastsMs: answer.leavesAt - Date.now(),
      action: {
        label: t.editor.undo,
        run: () => {
          this.#toasts.dismiss(id);
          void this.#undo(answer);
        },
      },
    });
  }

  async #undo(answer: SentAnswer): Promise<void> {
    const { t } = this.#say;
    try {
      await this.#api.undoSend(answer.message);
      this.#keep(keptAnswers().filter(({ message }) => message !== answer.message));
      await this.#putBack(answer);
      this.#toasts.show({ icon: 'undo', text: t.editor.undone });
    } catch (error) {
      const late = error instanceof ApiError && error.code === 'too_late';
      const why = late ? t.editor.leftAlready : sentence(error, this.#say);
      this.#toasts.show({ icon: 's-failed', text: t.editor.notUndone(why) });
    }
  }

  /** Into the editor of its ticket; from another page, into the draft that this begins with. */
  async #putBack({ number, content }: SentAnswer): Promise<void> {
    const draft = this.#drafts.get(number);
    if (draft) return draft.restore(content);
    // What this browser has not saved yet is newer, also when it is only that nothing is left.
    const local = keptLocal(number);
    const kept = await this.#api.draft(number).catch(() => null);
    const since = local?.html ?? (kept?.html || (kept?.text ? htmlOfText(kept.text) : ''));
    const note = local?.note ?? kept?.note ?? '';
    const { html, to, cc, bcc, files } = content;
    await this.#api.saveDraft(number, {
      ...{ to, cc, bcc, html: `${html}${since}` },
      ...{ text: local === null ? (kept?.text ?? '') : '', note, mode: 'reply' },
      attachments: [...new Set([...files, ...(kept?.attachments ?? [])].map(({ id }) => id))],
    });
    forgetLocal(number);
    await this.#open(number);
  }

  #keep(answers: SentAnswer[]): void {
    if (answers.length === 0) forgetItem(KEY);
    else keepItem(KEY, JSON.stringify({ answers: answers.map((one) => JSON.stringify(one)) }));
  }
}

function keptAnswers(): SentAnswer[] {
  const kept = listIn(fieldsOf(readItem(KEY) ?? ''), 'answers');
  return kept.map(readAnswer).filter(({ leavesAt }) => leavesAt > Date.now());
}

function readAnswer(kept: string): SentAnswer {
  const fields = fieldsOf(kept);
  const content = fieldsOf(JSON.stringify(fields.content ?? {}));
  const then = fields.then === 'solve' || fields.then === 'pend' ? fields.then : null;
  return {
    ...{ message: textIn(fields, 'message'), to: textIn(fields, 'to'), then },
    number: Number(fields.number),
    leavesAt: Number(fields.leavesAt),
    content: {
      html: textIn(content, 'html'),
      to: Array.isArray(content.to) ? listIn(content, 'to') : null,
      cc: listIn(content, 'cc'),
      bcc: listIn(content, 'bcc'),
      files: filesIn(content.files),
    },
  };
}

function filesIn(value: unknown): Attachment[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((one) => {
    const fields = fieldsOf(JSON.stringify(one));
    const [id, filename] = [textIn(fields, 'id'), textIn(fields, 'filename')];
    const size = Number(fields.size ?? 0);
    return id === '' ? [] : [{ id, filename, size, contentType: textIn(fields, 'contentType') }];
  });
}

export const [useSentAnswers, provideSentAnswers] = createContext<SentAnswers>();
