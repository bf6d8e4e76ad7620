import { createSocket } from 'node:dgram';

/** A real name server for tests; `silent` ones hear and never answer. */
export interface TestNameServer {
  /** As DNS_SERVERS wants it. */
  address: string;
  /** TXT records by name; changing them changes what is answered. */
  texts: Map<string, string>;
  questions: string[];
  stop(): Promise<void>;
}

const HEADER_BYTES = 12;
const NAME_ERROR = 3;
const TXT = 16;

export async function startNameServer(options: { silent?: boolean } = {}): Promise<TestNameServer> {
  const socket = createSocket('udp4');
  const texts = new Map<string, string>();
  const questions: string[] = [];
  socket.on('message', (query, { port, address }) => {
    const { name, end } = readName(query);
    questions.push(name);
    if (options.silent === true) return;
    const isText = query.readUInt16BE(end) === TXT;
    socket.send(
      answer(query.subarray(0, end + 4), isText ? texts.get(name) : undefined),
      port,
      address,
    );
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    texts,
    questions,
    stop: () =>
      new Promise((resolve) => {
        socket.close(() => resolve());
      }),
  };
}

/** RFC 1035, 4.1.2: labels with their lengths, up to an empty one. */
function readName(query: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

/** The question back, and its record, if there is one, in pieces of 255 bytes. */
function answer(question: Buffer, text: string | undefined): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180 | (text === undefined ? NAME_ERROR : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(text === undefined ? 0 : 1, 6);
  head.writeUInt16BE(0, 8);
  head.writeUInt16BE(0, 10);
  if (text === undefined) return head;
  const pieces = (text.match(/.{1,255}/gs) ?? ['']).map((piece) =>
    Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece, 'latin1')]),
  );
  const data = Buffer.concat(pieces);
  const record = Buffer.alloc(HEADER_BYTES);
  record.writeUInt16BE(0xc00c, 0);
  record.writeUInt16BE(TXT, 2);
  record.writeUInt16BE(1, 4);
  record.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, record, data]);
}
