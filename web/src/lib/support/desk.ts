import { findProof } from './proof.ts';

/** CSS colors. */
interface Colors {
  solid: string;
  onSolid: string;
  text: string;
}

export interface ModuleFacts {
  company: string;
  language: string;
  /** The company's own, if it has chosen one. */
  colors: { light: Colors; dark: Colors } | null;
  limits: { fileBytesMax: number; bytesMax: number; filesMax: number };
}

export interface Source {
  title: string;
  url: string;
}

export interface Asked {
  conversation: string;
  answer: string | null;
  sources: Source[];
}

export interface Form {
  name: string;
  email: string;
  subject: string;
  text: string;
  website: string;
  files: readonly File[];
}

/** A call that was answered with something else than a success; 0: it was not answered. */
export class CallError extends Error {
  readonly status: number;
  /** Seconds to wait. */
  readonly wait: number;

  constructor(status: number, wait: number) {
    super(`call failed: ${status}`);
    this.status = status;
    this.wait = wait;
  }
}

/** The public calls of one mailbox. */
export class PublicDesk {
  readonly #api: string;
  readonly #box: string;
  #conversation: string | null = null;

  constructor(origin: string, mailbox: string) {
    this.#api = `${origin}/api/v1`;
    this.#box = encodeURIComponent(mailbox);
  }

  get hasAsked(): boolean {
    return this.#conversation !== null;
  }

  facts(): Promise<ModuleFacts> {
    return call(`${this.#api}/public/${this.#box}/module`);
  }

  /** @param settled not while somebody types: it is kept for the desk's report */
  async articles(words: string, signal: AbortSignal, settled = false): Promise<Source[]> {
    const query = `q=${encodeURIComponent(words)}${settled ? '&settled=true' : ''}`;
    const url = `${this.#api}/public/${this.#box}/answers?${query}`;
    const { items } = await call<{ items: Source[] }>(url, { signal });
    return items;
  }

  async ask(question: string, language: string): Promise<Asked> {
    const more = this.#conversation === null ? {} : { conversation: this.#conversation };
    const url = `${this.#api}/public/${this.#box}/ask`;
    try {
      const asked = await call<Asked>(url, json({ question, language, ...more }));
      this.#conversation = asked.conversation;
      return asked;
    } catch (error) {
      // It was kept for days, and is over: the question begins a new one.
      if (!this.hasAsked || !isOver(error)) throw error;
      this.#conversation = null;
      return this.ask(question, language);
    }
  }

  async solved(): Promise<void> {
    if (this.#conversation === null) return;
    await call(`${this.#api}/public/conversations/${this.#conversation}/solved`, json({}));
    this.#conversation = null;
  }

  /** Works for it first, where it can, so that offices that write much are let through. */
  async send(form: Form, key: string, onProgress: (share: number) => void): Promise<number> {
    const { files, ...words } = form;
    const attachments = await Promise.all(files.map(readFile));
    const body = { ...words, attachments };
    const more = this.#conversation === null ? {} : { conversation: this.#conversation };
    try {
      const number = await this.#post({ ...body, ...more }, key, onProgress);
      this.#conversation = null;
      return number;
    } catch (error) {
      if (!this.hasAsked || !isOver(error)) throw error;
      this.#conversation = null;
      return this.#post(body, `${key}-alone`, onProgress);
    }
  }

  async #post(body: object, key: string, onProgress: (share: number) => void): Promise<number> {
    const proof = await this.#proof();
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${this.#api}/contact/${this.#box}`);
      request.responseType = 'json';
      request.setRequestHeader('content-type', 'application/json');
      request.setRequestHeader('idempotency-key', key);
      if (proof !== null) request.setRequestHeader('x-postkeep-proof', proof);
      request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
      request.onerror = () => reject(new CallError(0, 0));
      request.onload = () => {
        const { status } = request;
        const made: unknown = request.response;
        if (status === 201 && hasNumber(made)) resolve(made.number);
        else reject(new CallError(status, Number(request.getResponseHeader('retry-after'))));
      };
      request.send(JSON.stringify(body));
    });
  }

  async #proof(): Promise<string | null> {
    try {
      const { challenge, difficulty } = await call<{ challenge: string; difficulty: number }>(
        `${this.#api}/public/${this.#box}/challenge`,
      );
      return await findProof(challenge, difficulty);
    } catch {
      // Our own pages need none; to others the form's answer says what is wrong.
      return null;
    }
  }
}

function hasNumber(value: unknown): value is { number: number } {
  return typeof value === 'object' && value !== null && 'number' in value;
}

function isOver(error: unknown): boolean {
  return error instanceof CallError && (error.status === 404 || error.status === 409);
}

function json(body: object): RequestInit {
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

async function call<T>(url: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(url, { credentials: 'omit', ...init }).catch((error: unknown) => {
    if (init.signal?.aborted) throw error;
    throw new CallError(0, 0);
  });
  if (!answer.ok) throw new CallError(answer.status, Number(answer.headers.get('retry-after')));
  const parse: (text: string) => T = JSON.parse;
  return parse(await answer.text());
}

function readFile(file: File): Promise<{ filename: string; content: string }> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new CallError(0, 0));
    reader.onload = () => {
      const url = typeof reader.result === 'string' ? reader.result : '';
      resolve({ filename: file.name, content: url.slice(url.indexOf(',') + 1) });
    };
    reader.readAsDataURL(file);
  });
}
