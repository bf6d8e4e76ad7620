import { SMTPServer } from 'smtp-server';
import { CONNECTIONS_LEAVING_MAX, CONNECTIONS_MAX } from '../limits.ts';

/** What the server says of one that it ends itself. */
type Connection = SMTPServer['connections'] extends Set<infer C> ? C : never;

/** smtp-server, greeting at once and with room for whoever has a mail to bring. */
export class PromptSmtpServer extends SMTPServer {
  /** Sessions that are sending a mail. */
  readonly busy = new Set<string>();
  readonly #leaving = new WeakSet<Connection>();

  constructor(options: ConstructorParameters<typeof SMTPServer>[0]) {
    // The last ones are refused only when all the others are sending a mail.
    super({ ...options, maxClients: CONNECTIONS_MAX + CONNECTIONS_LEAVING_MAX });
  }

  /** smtp-server waits 100 ms before it greets, to catch those who talk first. We greet at once. */
  override connect(...args: Parameters<SMTPServer['connect']>): void {
    this.#makeRoom();
    super.connect(...args);
    const connection = [...this.connections].at(-1);
    if (!connection) return;
    const greet = connection.connectionReady.bind(connection);
    connection.connectionReady = () => undefined;
    greet();
  }

  dismiss(isMeant: (sessionId: string) => boolean): void {
    for (const connection of [...this.connections]) {
      if (isMeant(connection.id)) connection.send(421, 'Closing, please come again');
    }
  }

  /** Whoever holds a connection and sends nothing has no claim on it before a new sender. */
  #makeRoom(): void {
    if (this.connections.size < CONNECTIONS_MAX) return;
    for (const connection of this.connections) {
      if (this.busy.has(connection.id) || this.#leaving.has(connection)) continue;
      this.#leaving.add(connection);
      connection.send(421, 'Too many connections, please come again');
      return;
    }
  }
}
