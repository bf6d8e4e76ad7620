import { error, redirect } from '@sveltejs/kit';
import { ApiError } from './api-error.ts';

/**
 * Runs a page's loading: signed out goes to the sign-in page and comes back after, anything else
 * becomes the error page, which finds the words.
 */
export async function loading<T>(url: URL, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!(cause instanceof ApiError)) throw cause;
    if (cause.status === 401) redirect(307, signInPath(url));
    const status = cause.status >= 400 ? cause.status : 503;
    const { code, requestId, extras } = cause;
    error(status, cause.message, { code, requestId, extras });
  }
}

const SIGN_IN = '/login';

/**
 * The sign-in page, which leads back to `url`. A call that was on its way when the session ended is
 * refused after the first one has led there: it must not make the page lead back to itself.
 */
export function signInPath(url: Pick<URL, 'pathname' | 'search'>): string {
  if (url.pathname === SIGN_IN) return url.pathname + url.search;
  return `${SIGN_IN}?next=${encodeURIComponent(url.pathname + url.search)}`;
}
