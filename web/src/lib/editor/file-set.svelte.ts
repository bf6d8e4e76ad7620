import { ApiError, OFFLINE, sentence } from '../api/api-error.ts';
import type { Me } from '../api/settings-types.ts';
import type { Attachment } from '../api/types.ts';
import { uploadFile } from '../api/upload-file.ts';
import type { Speech } from '../i18n/speech.ts';

export interface UploadingFile {
  key: number;
  name: string;
  size: number;
  /** Bytes that have left. */
  sent: number;
  done: Attachment | null;
  problem: string | null;
  /** It may be tried again: what was wrong was not the file. */
  again: boolean;
  /** The address under which the editor shows it until it has arrived; null for a file below. */
  picture: string | null;
}

/** What the editor is told of its pictures; null: this one is not coming. */
type OnPicture = (shown: string, id: string | null) => void;

/** What one file, and all files of one mail, may have. */
export type UploadLimits = Me['company']['limits'];

interface Source {
  file: File;
  stop: AbortController;
}

/** The files of one mail that is being written; each is uploaded as soon as it is added. */
export class FileSet {
  #items = $state<UploadingFile[]>([]);
  readonly limits: UploadLimits;
  #sources = new Map<number, Source>();
  #onTheirWay = new Set<Promise<void>>();
  #nextKey = 1;
  #say: Speech;
  #onChange: () => void;
  #onPicture: OnPicture;

  constructor(say: Speech, limits: UploadLimits, onChange: () => void, onPicture: OnPicture) {
    this.#say = say;
    this.limits = limits;
    this.#onChange = onChange;
    this.#onPicture = onPicture;
  }

  /** Those that stand below the words: files, and pictures that have not arrived. */
  get items(): UploadingFile[] {
    return this.#items.filter((item) => item.picture === null || item.done === null);
  }

  /** The files that go beside the words. */
  get ids(): string[] {
    return this.known.map(({ id }) => id);
  }

  /** Those of them that the server has. */
  get known(): Attachment[] {
    return this.#done.flatMap((file) => (file.picture === null ? [file.done] : []));
  }

  get uploading(): boolean {
    return this.#items.some((file) => file.done === null && file.problem === null);
  }

  /** Those that were not taken or did not arrive. */
  get failed(): boolean {
    return this.#items.some((file) => file.problem !== null);
  }

  /** When no file is on its way any more. */
  async settled(): Promise<void> {
    while (this.#onTheirWay.size > 0) await Promise.all(this.#onTheirWay);
  }

  /** Bytes that a mail still takes. */
  get bytesLeft(): number {
    const taken = this.#items.filter((file) => file.problem === null);
    const bytes = taken.reduce((sum, { size }) => sum + size, 0);
    return Math.max(0, this.limits.mailBytesMax - bytes);
  }

  /** Why a file is not even tried; null when it fits. */
  refusal(file: File): string | null {
    const { t, dates } = this.#say;
    if (file.size === 0) return t.editor.emptyFile;
    const size = dates.fileSize(file.size);
    const max = this.limits.attachmentBytesMax;
    if (file.size > max) return t.editor.fileTooLarge(size, dates.fileSize(max));
    const left = this.bytesLeft;
    return file.size > left ? t.editor.mailTooLarge(size, dates.fileSize(left)) : null;
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.#begin(file, null);
  }

  /** One that the editor shows already, under an address of this page. */
  addPicture(file: File, shown: string): void {
    void this.#begin(file, shown);
  }

  /** Stops it, too, if it is on its way. */
  remove(key: number): void {
    const gone = this.#items.find((file) => file.key === key);
    this.#sources.get(key)?.stop.abort();
    this.#sources.delete(key);
    this.#items = this.#items.filter((file) => file.key !== key);
    if (gone?.picture && gone.done === null) this.#onPicture(gone.picture, null);
    this.#onChange();
  }

  retry(key: number): void {
    const source = this.#sources.get(key);
    const item = this.#items.find((file) => file.key === key);
    if (!source || !item) return;
    this.#change(key, { problem: null, sent: 0 });
    void this.#send(key, source.file);
  }

  /** Files that the server has already, before those that are here. */
  takeBack(attachments: Attachment[]): void {
    const known = new Set(this.#done.map(({ done }) => done.id));
    const back = attachments.filter((file) => !known.has(file.id));
    this.#items = [...back.map((done) => this.#uploaded(done)), ...this.#items];
  }

  clear(): void {
    for (const { stop } of this.#sources.values()) stop.abort();
    this.#sources.clear();
    this.#items = [];
  }

  get #done() {
    return this.#items.flatMap((file) =>
      file.done === null ? [] : [{ ...file, done: file.done }],
    );
  }

  #uploaded(done: Attachment): UploadingFile {
    const { filename: name, size } = done;
    const key = this.#nextKey++;
    return { key, name, size, sent: size, done, problem: null, again: false, picture: null };
  }

  async #begin(file: File, picture: string | null): Promise<void> {
    const problem = this.refusal(file);
    const key = this.#nextKey++;
    const { name, size } = file;
    const item = { key, name, size, sent: 0, done: null, problem, again: false, picture };
    this.#items.push(item);
    if (problem === null) await this.#send(key, file);
  }

  async #send(key: number, file: File): Promise<void> {
    const upload = this.#upload(key, file);
    this.#onTheirWay.add(upload);
    await upload;
    this.#onTheirWay.delete(upload);
  }

  async #upload(key: number, file: File): Promise<void> {
    const stop = new AbortController();
    this.#sources.set(key, { file, stop });
    try {
      const done = await uploadFile(file, (sent) => this.#change(key, { sent }), stop.signal);
      const item = this.#items.find((one) => one.key === key);
      if (!item) return;
      this.#change(key, { done, sent: file.size });
      this.#sources.delete(key);
      if (item.picture !== null) this.#onPicture(item.picture, done.id);
      this.#onChange();
    } catch (error) {
      const offline = error instanceof ApiError && error.code === OFFLINE;
      const again = offline || (error instanceof ApiError && error.status >= 500);
      const problem = offline ? this.#say.t.editor.fileOffline : sentence(error, this.#say);
      this.#change(key, { problem, again });
    }
  }

  #change(key: number, fields: Partial<UploadingFile>): void {
    const found = this.#items.find((file) => file.key === key);
    if (found) Object.assign(found, fields);
  }
}
