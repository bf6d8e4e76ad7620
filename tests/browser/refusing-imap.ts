import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** An IMAP server (RFC 9051) that greets, and lets nobody in. */
export async function startRefusingImap(
  words: string,
): Promise<{ port: number; stop: () => Promise<void> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
    socket.write('* OK [CAPABILITY IMAP4rev1] The cellar is open\r\n');
    // Commands are short enough to come whole.
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n')) answer(socket, line, words);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(socket: Socket, line: string, words: string): void {
  const [tag = '', command = ''] = line.split(' ');
  if (command === '') return;
  if (command.toUpperCase() === 'LOGIN') {
    socket.write(`${tag} NO [AUTHENTICATIONFAILED] ${words}\r\n`);
    return;
  }
  if (command.toUpperCase() === 'CAPABILITY') socket.write('* CAPABILITY IMAP4rev1\r\n');
  socket.write(`${tag} OK done\r\n`);
}
