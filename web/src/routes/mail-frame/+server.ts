import type { RequestHandler } from './$types';

const STYLE = `
:root { color-scheme: light; }
body { margin: 0; font: 15px/23px system-ui, sans-serif; color: #16211f; }
body > div { display: flow-root; padding: 8px 14px 12px; overflow: auto hidden; }
body > div { overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
[hidden] { display: none !important; }
a { color: #0b6453; }
blockquote { margin: 8px 0 0; padding-left: 12px; border-left: 2px solid #c9d1cf; }
`;

/**
 * The empty page that customers' HTML is put into. Its policy allows no script, no frame, no form,
 * and remote images only with `?images=1`, whatever the mail holds.
 */
export const GET: RequestHandler = ({ url }) => {
  const images =
    url.searchParams.get('images') === '1' ? " 'self' data: https: http:" : " 'self' data:";
  const policy = [
    "default-src 'none'",
    `img-src${images}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
  const page = `<!doctype html><meta charset="utf-8"><title>Mail</title><style>${STYLE}</style>`;
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
    },
  });
};
