import { ApiError, OFFLINE, sentence } from '../api/api-error.ts';
import type { Attachment } from '../api/types.ts';
import { FILE_BYTES_MAX, uploadFile } from '../api/upload-file.ts';
import type { Speech } from '../i18n/speech.ts';

export interface UploadingFile {
  key: number;
  name: string;
  size: number;
  /** Bytes that have left. */
  sent: number;
  done: Attachment | null;
  problem: string | null;
}

/** The files of one mail that is being written; each is uploaded as soon as it is added. */
export class FileSet {
  #items = $state<UploadingFile[]>([]);
  #nextKey = 1;
  #say: Speech;
  #onChange: () => void;

  constructor(say: Speech, onChange: () => void = () => {}) {
    this.#say = say;
    this.#onChange = onChange;
  }

  get items(): UploadingFile[] {
    return this.#items;
  }

  get ids(): string[] {
    return this.#items.flatMap((file) => (file.done === null ? [] : [file.done.id]));
  }

  get uploading(): boolean {
    return this.#items.some((file) => file.done === null && file.problem === null);
  }

  add(files: Iterable<File>): void {
    for (const file of files) void this.#upload(file);
  }

  remove(key: number): void {
    this.#items = this.#items.filter((file) => file.key !== key);
    this.#onChange();
  }

  /** Files that the server has already, before those that are here. */
  takeBack(attachments: Attachment[]): void {
    const known = new Set(this.ids);
    const back = attachments.filter((file) => !known.has(file.id));
    this.#items = [...back.map((done) => this.#uploaded(done)), ...this.#items];
  }

  /** Empties the set; answers the files that the server has. */
  clear(): Attachment[] {
    const done = this.#items.flatMap((file) => (file.done === null ? [] : [file.done]));
    this.#items = [];
    return done;
  }

  #uploaded(done: Attachment): UploadingFile {
    const { filename: name, size } = done;
    return { key: this.#nextKey++, name, size, sent: size, done, problem: null };
  }

  async #upload(file: File): Promise<void> {
    const key = this.#nextKey++;
    this.#items.push({ key, name: file.name, size: file.size, sent: 0, done: null, problem: null });
    if (file.size > FILE_BYTES_MAX) {
      const [size, limit] = [file.size, FILE_BYTES_MAX].map((n) => this.#say.dates.fileSize(n));
      const problem = `${size} is over the limit of ${limit}. Send a link to it.`;
      this.#change(key, { problem });
      return;
    }
    try {
      const done = await uploadFile(file, (sent) => this.#change(key, { sent }));
      this.#change(key, { done, sent: file.size });
      this.#onChange();
    } catch (error) {
      const offline = error instanceof ApiError && error.code === OFFLINE;
      const problem = offline ? 'No connection. Add it again later.' : sentence(error);
      this.#change(key, { problem });
    }
  }

  #change(key: number, fields: Partial<UploadingFile>): void {
    const found = this.#items.find((file) => file.key === key);
    if (found) Object.assign(found, fields);
  }
}
