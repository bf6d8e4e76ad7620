import { type Socket, connect } from 'node:net';

/** A hand-driven SMTP client for tests: sends exactly these bytes, sees exactly those replies. */
export interface SmtpDialogue {
  greeting: string;
  /** Sends the text and resolves with the next complete reply. */
  say(text: string): Promise<string>;
  /** Sends without waiting. */
  write(text: string | Buffer): void;
  /** The next complete reply, without its last line end; '' when the server hung up. */
  reply(): Promise<string>;
  close(): void;
}

/** Connects, reads the greeting and says EHLO (or LHLO). */
export async function openSmtpDialogue(
  port: number,
  hello = 'EHLO',
  localAddress = '127.0.0.1',
): Promise<SmtpDialogue> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  const replies = createReplies(socket);
  const dialogue: SmtpDialogue = {
    greeting: await replies(),
    say(text) {
      socket.write(`${text}\r\n`);
      return replies();
    },
    write: (text) => void socket.write(text),
    reply: replies,
    close: () => socket.destroy(),
  };
  await dialogue.say(`${hello} client.example`);
  return dialogue;
}

function createReplies(socket: Socket): () => Promise<string> {
  const ready: string[] = [];
  const waiting: ((reply: string) => void)[] = [];
  let text = '';
  let isClosed = false;
  const deliver = (reply: string): void => {
    const next = waiting.shift();
    if (next) next(reply);
    else ready.push(reply);
  };
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (;;) {
      const match = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(text);
      if (!match) break;
      text = text.slice(match[0].length);
      deliver(match[0].trim());
    }
  });
  socket.on('close', () => {
    isClosed = true;
    for (const next of waiting.splice(0)) next('');
  });
  return () =>
    new Promise((resolve) => {
      const reply = ready.shift();
      if (reply !== undefined) resolve(reply);
      else if (isClosed) resolve('');
      else waiting.push(resolve);
    });
}
