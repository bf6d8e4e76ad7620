import type { CaughtMail, MailContent, Person } from './caught-mail.ts';
import { type Html, html } from './html.ts';

/** The list looks again so often; the page of a mail does not, since someone may be writing. */
const LIST_REFRESH_S = 5;
const LIST_ROWS_MAX = 300;

export interface Notice {
  kind: 'done' | 'failed';
  text: string;
}

export function listPage(mails: readonly CaughtMail[], query: string, notice: Notice | null): Html {
  const shown = mails.slice(0, LIST_ROWS_MAX);
  // Without the notice, which was for this once.
  const again = query === '' ? '/' : `/?q=${encodeURIComponent(query)}`;
  const rows = shown.map(
    (mail) => html`
      <li>
        <a class="row" href="/mails/${mail.id}">
          <span class="who">${mail.envelope.to.join(', ')}</span>
          <span class="what">
            <strong>${mail.subject || '(no subject)'}</strong>
            <span class="snippet">${mail.snippet}</span>
          </span>
          ${mail.autoSubmitted === null ? null : html`<span class="chip">automatic</span>`}
          ${time(mail.receivedAt)}
        </a>
      </li>
    `,
  );
  const empty = html`<p class="empty">
    No mail yet. Whatever Postkeep sends lands here: write to the desk as a customer, and answer
    from the console.
  </p>`;
  const body = html`
    <form class="search" method="get" action="/">
      <input type="search" name="q" value="${query}" placeholder="Search" aria-label="Search" />
    </form>
    ${
      mails.length === 0
        ? empty
        : html`<ul class="list">
            ${rows}
          </ul>`
    }
    ${
      mails.length > shown.length
        ? html`<p class="empty">The newest ${shown.length} of ${mails.length}.</p>`
        : null
    }
  `;
  return page('Mail catcher', body, { notice, refresh: `${LIST_REFRESH_S};url=${again}` });
}

export function mailPage(mail: CaughtMail, content: MailContent, notice: Notice | null): Html {
  const files = content.attachments.map(
    (file, index) => html`
      <li>
        <a href="/mails/${mail.id}/attachments/${index}">${file.filename}</a>
        <span class="meta">${file.contentType}, ${Math.ceil(file.sizeBytes / 1_024)} KiB</span>
      </li>
    `,
  );
  const headers = content.headers.map(
    ({ name, value }) =>
      html`<tr>
        <th>${name}</th>
        <td>${value}</td>
      </tr>`,
  );
  const body = html`
    <article class="mail">
      <h1>${mail.subject || '(no subject)'}</h1>
      <dl>
        <dt>From</dt>
        <dd>${persons(mail.from)}</dd>
        <dt>To</dt>
        <dd>${persons(mail.to)}</dd>
        ${
          mail.cc.length === 0
            ? null
            : html`<dt>Cc</dt>
                <dd>${persons(mail.cc)}</dd>`
        }
        <dt>Delivered to</dt>
        <dd>${mail.envelope.to.join(', ')}</dd>
        <dt>Caught</dt>
        <dd>${time(mail.receivedAt)}</dd>
      </dl>
      ${
        files.length === 0
          ? null
          : html`<ul class="files">
              ${files}
            </ul>`
      }
      ${contentOf(mail, content)}
      <details>
        <summary>Headers</summary>
        <table class="headers">
          ${headers}
        </table>
      </details>
      <p><a href="/mails/${mail.id}/raw">Source</a></p>
    </article>
    <form class="reply" method="post" action="/mails/${mail.id}/reply">
      <label for="text">Answer as ${mail.envelope.to[0] ?? 'the customer'}</label>
      <textarea id="text" name="text" rows="6" required></textarea>
      <button>Send to the desk</button>
    </form>
  `;
  return page(mail.subject || 'Mail', body, { notice });
}

/** HTML runs in a frame without scripts and without requests (page-routes.ts). */
function contentOf(mail: CaughtMail, content: MailContent): Html {
  const text = html`<pre class="text">${content.text ?? '(no text)'}</pre>`;
  if (content.html === null) return text;
  return html`
    <iframe
      title="The mail as HTML"
      src="/mails/${mail.id}/html"
      sandbox="allow-popups allow-popups-to-escape-sandbox"
    ></iframe>
    <details>
      <summary>Text part</summary>
      ${text}
    </details>
  `;
}

export function writePage(values: Record<string, string>, notice: Notice | null): Html {
  const body = html`
    <form class="reply" method="post" action="/write">
      <h1>Write as a customer</h1>
      <label for="from">From</label>
      <input id="from" name="from" required value="${values.from ?? ''}" />
      <label for="to">To</label>
      <input id="to" name="to" required value="${values.to ?? ''}" />
      <label for="subject">Subject</label>
      <input id="subject" name="subject" value="${values.subject ?? ''}" />
      <label for="text">Text</label>
      <textarea id="text" name="text" rows="10" required>${values.text ?? ''}</textarea>
      <button>Send to the desk</button>
    </form>
  `;
  return page('Write as a customer', body, { notice });
}

export function errorPage(title: string, text: string): Html {
  return page(
    title,
    html`<h1>${title}</h1>
      <p>${text}</p>`,
    {},
  );
}

function page(
  title: string,
  body: Html,
  { notice = null, refresh = null }: { notice?: Notice | null; refresh?: string | null },
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh !== null ? html`<meta http-equiv="refresh" content="${refresh}" />` : null}
        <title>${title} · Postkeep mail catcher</title>
        <link rel="stylesheet" href="/assets/tokens.css" />
        <link rel="stylesheet" href="/assets/catcher.css" />
      </head>
      <body>
        <header>
          <a class="brand" href="/">Mail catcher</a>
          <a class="button" href="/write">Write as a customer</a>
        </header>
        <main>
          ${
            notice === null
              ? null
              : html`<p class="notice ${notice.kind}" role="status">${notice.text}</p>`
          }
          ${body}
        </main>
      </body>
    </html>`;
}

function persons(people: readonly Person[]): string {
  return people.map(({ name, email }) => (name === '' ? email : `${name} <${email}>`)).join(', ');
}

function time(iso: string): Html {
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}
