type Child = Node | string | null;

type Value = string | number | boolean | undefined;
type Listeners = { [event: string]: (event: Event) => unknown };

/** Listeners by their event, and attributes. */
interface Given {
  on?: Listeners;
  [attribute: string]: Value | Listeners;
}

/** Makes an element; text is only ever text, whoever wrote it. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  given: Given = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  const { on = {}, ...attributes } = given;
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (typeof value === 'string' || typeof value === 'number')
      element.setAttribute(name, String(value));
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.filter((child) => child !== null));
  return element;
}
