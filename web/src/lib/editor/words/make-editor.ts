import { Editor, type AnyExtension } from '@tiptap/core';
import { Image } from '@tiptap/extension-image';
import { Placeholder } from '@tiptap/extensions';
import StarterKit from '@tiptap/starter-kit';
import { linksWithin } from './pasted.ts';
import { placeholderMarks } from './placeholder-marks.ts';

/** What is opened by a sign at the start of a line: canned responses, or articles. */
export type Trigger = '/' | '?';

export interface EditorWishes {
  place: HTMLElement;
  html: string;
  label: string;
  placeholder: string;
  onwritten: (html: string) => void;
  /** The selection or its formats may be others. */
  onmoved: () => void;
  /** `from` is where the sign stands. */
  ontrigger: (sign: Trigger, from: number) => void;
  /** True when they are taken. */
  onfiles: (files: File[], at: number | null) => boolean;
}

/** Keys of the desk (send, send and solve): what formats they have in the editor, they lose. */
const DESK_KEYS = new Set(['Enter', 'e', 'h', 'k']);

/** The editor of answers and mails: what mail programs can show, and no headings. */
export function makeEditor(wishes: EditorWishes): Editor {
  let sign: { sign: Trigger; from: number } | null = null;
  const editor = new Editor({
    element: wishes.place,
    extensions: extensions(wishes.placeholder),
    content: wishes.html,
    // The page allows no style element that a script makes.
    injectCSS: false,
    editorProps: {
      attributes: {
        class: 'write rich',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': wishes.label,
      },
      handleTextInput: (view, from, _to, text) => {
        const known = text === '/' || text === '?' ? text : null;
        const { parent, parentOffset, nodeBefore } = view.state.doc.resolve(from);
        const begins = parentOffset === 0 || nodeBefore?.type.name === 'hardBreak';
        if (known !== null && begins && !parent.type.spec.code) sign = { sign: known, from };
        return false;
      },
      handleDOMEvents: {
        // Escape leaves the field: the editor would take it, and do nothing with it.
        keydown: (_view, event) =>
          event.key === 'Escape' ||
          ((event.ctrlKey || event.metaKey) && !event.shiftKey && DESK_KEYS.has(event.key)),
      },
      handlePaste: (_view, event) => {
        const data = event.clipboardData;
        // Word and Excel bring a picture of what they bring as text too.
        if (!data || data.files.length === 0 || data.types.includes('text/html')) return false;
        return wishes.onfiles([...data.files], null);
      },
      handleDrop: (view, event, _slice, moved) => {
        const files = event.dataTransfer?.files;
        if (moved || !files || files.length === 0) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        event.preventDefault();
        return wishes.onfiles([...files], at?.pos ?? null);
      },
      transformPastedHTML: (html) => linksWithin(html, location.origin),
    },
    onUpdate: () => {
      wishes.onwritten(editor.getHTML());
      const opened = sign;
      sign = null;
      if (opened !== null) wishes.ontrigger(opened.sign, opened.from);
    },
    onTransaction: wishes.onmoved,
  });
  return editor;
}

function extensions(placeholder: string): AnyExtension[] {
  return [
    StarterKit.configure({
      heading: false,
      horizontalRule: false,
      trailingNode: false,
      dropcursor: { color: false, class: 'drop-place' },
      link: { openOnClick: false, defaultProtocol: 'https', protocols: ['mailto', 'tel'] },
    }),
    Image.configure({ inline: true, allowBase64: false }),
    Placeholder.configure({ placeholder }),
    placeholderMarks,
  ];
}
