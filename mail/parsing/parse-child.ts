import { open } from 'node:fs/promises';
import { inFolder } from '../mime/stored-part.ts';
import { readMail } from '../parse.ts';
import type { ParseAnswer, ParseTask } from './parse-task.ts';

/**
 * The process that mails are parsed in: whatever one of them does to it, nobody else is touched.
 * It leaves with its parent, and only then: Ctrl-C reaches it too, while mails are still in hand.
 */
process.on('message', (task: ParseTask) => {
  void answer(task).then((said) => process.send?.(said));
});
process.on('disconnect', () => process.exit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const READY: ParseAnswer = { ready: true };
process.send?.(READY);

async function answer({ path, folder }: ParseTask): Promise<ParseAnswer> {
  try {
    return { mail: await readMail(piecesOfFile(path), inFolder(folder)) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

const PIECE_BYTES = 64 * 1024;

async function* piecesOfFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (;;) {
      // Each piece has a buffer of its own: the parser still reads from the last ones.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE_BYTES));
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
