import type { DNSResolver } from 'mailauth';

/**
 * Asks a name server. Rejects like Node's resolver: `code` ENOTFOUND or ENODATA for "there is
 * none", anything else for no answer.
 */
export type Resolve = (name: string, type: string) => Promise<unknown>;

/**
 * Look-ups of one mail that all end at one moment, however many there are. Each question is asked
 * once, so that one asked early has its answer whatever a sender spends the time on later.
 */
export function createLookUps(resolve: Resolve, endsAtMs: number): DNSResolver {
  const asked = new Map<string, ReturnType<DNSResolver>>();
  const ask: DNSResolver = async (name, type) => {
    try {
      const answer = await within(resolve(name, type), endsAtMs - Date.now());
      if (isAnswer(answer)) return answer;
    } catch (error) {
      throw isNoName(error) ? noSuchName(name) : error;
    }
    throw new Error(`the name server answered about ${type} with something that is no list`);
  };
  return (name, type) => {
    const question = `${type} ${name.toLowerCase()}`;
    const answer = asked.get(question) ?? ask(name, type);
    asked.set(question, answer);
    return answer;
  };
}

/** Its types know texts only; it reads MX records as the objects that they are. */
function isAnswer(answer: unknown): answer is string[][] {
  return Array.isArray(answer);
}

/** No server can be asked about it, such as a label of 70 characters: its writer chose it. */
function isNoName(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EBADNAME';
}

function noSuchName(name: string): Error {
  return Object.assign(new Error(`"${name}" cannot be a name`), { code: 'ENOTFOUND' });
}

async function within<T>(answer: Promise<T>, leftMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_settle, reject) => {
    const error = Object.assign(new Error('no answer in time'), { code: 'ETIMEOUT' });
    timer = setTimeout(() => reject(error), Math.max(0, leftMs));
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
