import { supportWords } from '../i18n/support/support-words.ts';
import { PublicDesk } from './desk.ts';
import { make } from './element.ts';
import { dress } from './look.ts';
import { makePanel } from './panel.ts';
import type { PanelParts } from './panel.ts';

/**
 * The support module: `<script src=".../support.js" data-mailbox="support@acme.test">` on any page
 * that the mailbox lists. `data-language` says more than the page's own language, and `data-into`
 * names an element in whose place it stands, instead of behind a button.
 */
async function start(script: HTMLScriptElement): Promise<void> {
  const { mailbox, language: wished, into } = script.dataset;
  const spoken = wished ?? document.documentElement.lang;
  const { developer } = supportWords(spoken);
  if (mailbox === undefined) return warn(developer.noMailbox);
  const { origin } = new URL(script.src);
  const desk = new PublicDesk(origin, mailbox);
  let facts;
  try {
    facts = await desk.facts();
  } catch {
    return warn(developer.notListed(origin, mailbox, location.origin));
  }
  const language = spoken || facts.language;
  const parts: PanelParts = { desk, facts, language, words: supportWords(language) };
  const place = into === undefined ? null : document.getElementById(into);
  const host = make('div', { lang: language, 'data-postkeep': true });
  const root = host.attachShadow({ mode: 'open' });
  dress(root);
  if (place) {
    const panel = makePanel(parts);
    panel.classList.add('inline');
    root.append(panel);
    place.before(host);
    place.hidden = true;
  } else {
    root.append(...withButton(parts));
    document.body.append(host);
  }
}

/** A modal dialog keeps the focus, ends by Escape and gives the focus back by itself. */
function withButton(parts: PanelParts): HTMLElement[] {
  const { words } = parts;
  const dialog = make('dialog', { 'aria-labelledby': 'title' });
  const button = make(
    'button',
    { class: 'fab', type: 'button', 'aria-haspopup': 'dialog', on: { click: () => open() } },
    words.open,
  );
  function open(): void {
    if (!dialog.hasChildNodes()) dialog.append(makePanel(parts, () => dialog.close()));
    dialog.showModal();
    const first = dialog.querySelector('textarea');
    first?.focus();
  }
  dialog.addEventListener('click', (event) => {
    // The backdrop is the dialog's; what is within stands on the panel.
    if (event.target === dialog) dialog.close();
  });
  return [button, dialog];
}

function warn(what: string): void {
  // Whoever puts the tag into a page looks here.
  // eslint-disable-next-line no-console
  console.warn(what);
}

const { currentScript } = document;
if (currentScript instanceof HTMLScriptElement) void start(currentScript);
