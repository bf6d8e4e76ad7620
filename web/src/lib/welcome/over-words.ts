import { sentence, type ApiError } from '../api/api-error.ts';
import type { Speech } from '../i18n/speech.ts';

/** Why a link leads nowhere, and what to do. */
export function overWords(error: ApiError, say: Speech): { title: string; text: string } {
  const words = say.t.welcome;
  if (error.code === 'not_found') {
    return { title: words.linkUnknown, text: words.linkUnknownHint };
  }
  if (error.code !== 'link_over') return { title: words.notOpened, text: sentence(error, say) };
  const kind = error.extras.kind === 'password' ? 'password' : 'invitation';
  const { used, ended, expired } = words.over;
  const { why } = error.extras;
  const text = why === 'used' ? used : why === 'expired' ? expired[kind] : ended[kind];
  return { title: words.linkOver, text };
}
