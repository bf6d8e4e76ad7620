import type { ServerResponse } from 'node:http';

/** Proxies close connections that are silent for a minute, and browsers wait for a sign of life. */
const HEARTBEAT_MS = 20_000;

/** What a browser waits before it connects again. */
const RETRY_MS = 2_000;

/** A reader this far behind has gone away without a word; it comes back and loads anew. */
const UNREAD_BYTES_MAX = 1_048_576;

/** One browser that is told news (server-sent events, HTML standard 9.2). */
export class EventStream {
  readonly agent: string;
  /** Hash of what let it in, by which it is looked at again. */
  readonly credential: string;
  readonly #response: ServerResponse;
  readonly #heartbeat: NodeJS.Timeout;

  constructor(
    reader: { agent: string; credential: string },
    response: ServerResponse,
    headers: { [name: string]: string },
  ) {
    this.agent = reader.agent;
    this.credential = reader.credential;
    this.#response = response;
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    this.#heartbeat = setInterval(() => this.send('alive', {}), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  /** Runs when the reader is gone, or was ended. */
  onClose(listener: () => void): void {
    const over = () => {
      clearInterval(this.#heartbeat);
      listener();
    };
    // Who hung up while their credential was looked up has no 'close' to come.
    if (this.#response.closed) over();
    else this.#response.on('close', over);
  }

  send(event: string, data: object): void {
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.#response.end();
  }

  #write(text: string): void {
    if (this.#response.writableEnded) return;
    if (this.#response.writableLength > UNREAD_BYTES_MAX) this.#response.destroy();
    else this.#response.write(text);
  }
}
