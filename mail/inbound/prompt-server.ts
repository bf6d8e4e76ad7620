import { SMTPServer } from 'smtp-server';
import type { MailUnderWay } from './receive-mail.ts';

/** What the server says of one that it ends itself. */
type Connection = SMTPServer['connections'] extends Set<infer C> ? C : never;

/** Who may hold how many connections, and for how long without a claim on them. */
export interface ConnectionLimits {
  connectionsMax: number;
  connectionsPerAddressMax: number;
  /** A mail that is younger is not broken off for the sake of another sender. */
  dataGraceMs: number;
}

/** smtp-server, greeting at once and with room for whoever has a mail to bring. */
export class PromptSmtpServer extends SMTPServer {
  /** The mails that sessions are sending, by the session. */
  readonly busy = new Map<string, MailUnderWay>();
  readonly #limits: ConnectionLimits;

  constructor(options: ConstructorParameters<typeof SMTPServer>[0], limits: ConnectionLimits) {
    super(options);
    this.#limits = limits;
  }

  /** smtp-server waits 100 ms before it greets, to catch those who talk first. We greet at once. */
  override connect(...args: Parameters<SMTPServer['connect']>): void {
    super.connect(...args);
    const connection = [...this.connections].at(-1);
    if (!connection) return;
    const greet = connection.connectionReady.bind(connection);
    connection.connectionReady = () => undefined;
    if (this.#makesRoomFor(connection)) greet();
    else connection.send(421, 'Too many connections, please come again');
  }

  dismiss(isMeant: (sessionId: string) => boolean): void {
    for (const connection of [...this.connections]) {
      if (isMeant(connection.id)) connection.send(421, 'Closing, please come again');
    }
  }

  /** False when all the others have a better claim on their connections. */
  #makesRoomFor(newcomer: Connection): boolean {
    const { connectionsMax, connectionsPerAddressMax } = this.#limits;
    const others = [...this.connections].filter((connection) => connection !== newcomer);
    const neighbours = others.filter(
      ({ remoteAddress }) => remoteAddress === newcomer.remoteAddress,
    );
    if (neighbours.length >= connectionsPerAddressMax) return this.#dismissOneOf(neighbours);
    return others.length < connectionsMax || this.#dismissOneOf(others);
  }

  /**
   * Whoever sends no mail has no claim on a connection before a new sender. Then goes the slowest
   * of those who have had time to send theirs: one that holds DATA open, or drips.
   */
  #dismissOneOf(connections: readonly Connection[]): boolean {
    const nowMs = Date.now();
    const speedOf = ({ id }: Connection): number => {
      const mail = this.busy.get(id);
      if (!mail) return -1;
      const ms = nowMs - mail.sinceMs;
      if (!mail.isAwaited || ms < this.#limits.dataGraceMs) return Infinity;
      return mail.bytes / Math.max(ms, 1);
    };
    let slowest: { connection: Connection; speed: number } | null = null;
    for (const connection of connections) {
      const speed = speedOf(connection);
      if (speed < (slowest?.speed ?? Infinity)) slowest = { connection, speed };
    }
    slowest?.connection.send(421, 'Too many connections, please come again');
    return slowest !== null;
  }
}
