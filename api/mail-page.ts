import type { FastifyReply, FastifyRequest } from 'fastify';

/** How a mail looks that says nothing about its looks; what is wide scrolls within its page. */
const STYLE = [
  ':root{color-scheme:light dark;font:15px/1.53 system-ui,sans-serif}',
  'body{margin:8px 14px}',
  // A word as wide as the page breaks, and cells keep the width of theirs.
  '#mail{overflow-x:auto;overflow-wrap:break-word}',
  'img[src]{max-width:100%;height:auto}',
  'td img[src],th img[src]{max-width:none}',
  'a[href]{color:var(--link,LinkText)}',
  'pre{white-space:pre-wrap}',
  'blockquote{margin:8px 0;padding:0 0 0 12px;border-left:2px solid #8886}',
  '[data-quote-folded]{display:none!important}',
].join('');

/** Where the browser reached us: a name or an IPv4 address, with a port or not. */
const HOST = /^[a-z\d](?:[a-z\d.-]{0,252}[a-z\d])?(?::\d{1,5})?$/i;

/**
 * The policy of a page that shows a mail: no script, no form, no file but ours of mails, and
 * images of others only when asked for.
 */
function policyFor(hosts: readonly string[], remoteImages: boolean): string {
  // `'self'` takes no path, and IPv6 addresses are no names in a policy.
  const own = hosts.filter((host) => HOST.test(host)).map((host) => `${host}/api/v1/attachments/`);
  const images = [...(own.length === 0 ? ["'self'"] : own), 'data:'];
  if (remoteImages) images.push('https:');
  return [
    "default-src 'none'",
    `img-src ${images.join(' ')}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

export interface MailPage {
  /** Cleaned; '' for a page that the console fills. */
  html: string;
  remoteImages: boolean;
  /** Where agents reach the console. */
  publicUrl: string;
  maxAgeSeconds: number;
}

/** Answers with a mail as a page of its own, under a policy of its own. */
export function sendMailPage(
  request: FastifyRequest,
  reply: FastifyReply,
  { html, remoteImages, publicUrl, maxAgeSeconds }: MailPage,
): FastifyReply {
  const hosts = [...new Set([request.host, new URL(publicUrl).host])];
  return reply
    .header('content-security-policy', policyFor(hosts, remoteImages))
    .header('referrer-policy', 'no-referrer')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', `private, max-age=${maxAgeSeconds}`)
    .header('vary', 'host')
    .type('text/html; charset=utf-8')
    .serializer((page: unknown) => String(page))
    .send(
      '<!doctype html><html><head><meta charset="utf-8"><title>Mail</title>' +
        `<style>${STYLE}</style></head><body><div id="mail">${html}</div></body></html>`,
    );
}
