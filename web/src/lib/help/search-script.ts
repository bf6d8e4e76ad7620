/**
 * What runs on help pages: offers below the search field while somebody types. Each function is
 * sent as it is written here, so none of them may use anything but the others and the browser.
 */
interface Offer {
  id: string;
  title: string;
  language: string;
  heading: string;
}

interface Parts {
  form: HTMLFormElement;
  input: HTMLInputElement;
  list: HTMLElement;
  /** Where the options lead. */
  hrefs: string[];
  active: number;
}

function begin(): void {
  document.querySelectorAll<HTMLFormElement>('form.help-search').forEach((form, place) => {
    const input = form.querySelector<HTMLInputElement>('input[type=search]');
    if (input === null) return;
    const list = document.createElement('ul');
    list.id = `help-offers-${String(place)}`;
    list.className = 'help-offers';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', input.getAttribute('aria-label') ?? '');
    form.append(list);
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    const parts: Parts = { form, input, list, hrefs: [], active: -1 };
    close(parts);
    listen(parts);
  });
}

function listen(parts: Parts): void {
  const { form, input, list } = parts;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  let asking = new AbortController();
  let settled = '';
  const settle = () => {
    const asked = input.value.trim();
    clearTimeout(settling);
    if (asked === '' || asked === settled) return;
    settled = asked;
    void fetch(address(parts, asked, '&settled=true'), { keepalive: true }).catch(() => null);
  };
  const go = (place: number) => {
    settle();
    const href = parts.hrefs[place];
    if (href !== undefined) location.assign(href);
  };
  input.addEventListener('input', () => {
    clearTimeout(typing);
    clearTimeout(settling);
    asking.abort();
    if (input.value.trim().length < 2) return close(parts);
    typing = setTimeout(() => {
      asking = new AbortController();
      void ask(parts, asking.signal);
    }, 120);
    settling = setTimeout(settle, 2500);
  });
  // The page that it leads to keeps what was asked.
  form.addEventListener('submit', () => clearTimeout(settling));
  input.addEventListener('keydown', (event) => press(parts, event, go));
  input.addEventListener('blur', () => close(parts));
  list.addEventListener('mousedown', (event) => event.preventDefault());
  list.addEventListener('click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role=option]') : null;
    if (option !== null) go([...list.children].indexOf(option));
  });
}

function press(parts: Parts, event: KeyboardEvent, go: (place: number) => void): void {
  const { list, hrefs, active } = parts;
  if (list.hidden || event.isComposing) return;
  const { key } = event;
  if (key === 'ArrowDown') choose(parts, active + 1 < hrefs.length ? active + 1 : -1);
  else if (key === 'ArrowUp') choose(parts, active < 0 ? hrefs.length - 1 : active - 1);
  else if (key === 'Escape') close(parts);
  else if (key === 'Enter' && active >= 0) go(active);
  else return;
  event.preventDefault();
}

function choose(parts: Parts, place: number): void {
  parts.active = place;
  const options = [...parts.list.children];
  options.forEach((option, at) => option.setAttribute('aria-selected', String(at === place)));
  const option = options[place];
  if (option === undefined) return parts.input.removeAttribute('aria-activedescendant');
  parts.input.setAttribute('aria-activedescendant', option.id);
  option.scrollIntoView({ block: 'nearest' });
}

function close(parts: Parts): void {
  parts.list.hidden = true;
  parts.active = -1;
  parts.input.setAttribute('aria-expanded', 'false');
  parts.input.removeAttribute('aria-activedescendant');
}

function address({ form }: Parts, asked: string, more: string): string {
  const language = form.querySelector<HTMLInputElement>('input[name=lang]')?.value ?? '';
  const query = `q=${encodeURIComponent(asked)}&language=${encodeURIComponent(language)}`;
  return `/api/v1${new URL(form.action).pathname}/search?${query}${more}`;
}

async function ask(parts: Parts, signal: AbortSignal): Promise<void> {
  try {
    const answer = await fetch(address(parts, parts.input.value.trim(), ''), { signal });
    if (!answer.ok) return close(parts);
    const offers = await answer.json().then(({ items }: { items: Offer[] }) => items);
    if (!signal.aborted) show(parts, offers.slice(0, 6));
  } catch {
    // Without offers the search is sent as a form.
  }
}

function show(parts: Parts, offers: readonly Offer[]): void {
  const { form, input, list } = parts;
  close(parts);
  const { pathname } = new URL(form.action);
  parts.hrefs = offers.map(({ id }) => `${pathname}/${encodeURIComponent(id)}`);
  list.replaceChildren(
    ...offers.map(({ title, heading, language }, place) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${String(place)}`;
      option.lang = language;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const below = document.createElement('span');
      below.textContent = heading;
      option.append(title, ...(heading === '' ? [] : [below]));
      return option;
    }),
  );
  if (offers.length === 0 || document.activeElement !== input) return;
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
}

const PARTS = [begin, listen, press, choose, close, address, ask, show];

/** As browsers get it. */
export const SEARCH_SCRIPT = ['(() => {', ...PARTS.map(String), begin.name + '();', '})();'].join(
  '\n',
);

/** Another one for another script, so that browsers may keep each for good. */
export const SEARCH_SCRIPT_VERSION = [...SEARCH_SCRIPT]
  .reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 2_147_483_647, 7)
  .toString(36);
