import { parse as parseComponent } from 'svelte/compiler';
import ts from 'typescript';
import { lineOf, parse, walk } from './syntax.ts';
import type { SourceFile } from './tree.ts';

/** Attributes and properties whose value is read or heard by a person. */
const SPOKEN =
  /^(aria-(label|description|valuetext|roledescription|placeholder)|title|placeholder|alt|text|hint|label|strong|sub|popLabel|emptyTitle|emptyText|what|verb)$/;

/** Names, and what stands on keys: the same in every language. */
const SAME_EVERYWHERE =
  /^(Postkeep|Ctrl( ↵)?|Esc|Enter|Escape|Arrow\w+|Tab|Backspace|Delete|Home|End|Page(Up|Down)|Control|Meta|Shift|Alt|Files|Mac\w*|Win\w*|Linux\w*|Error|ApiError|UTC|Dead|Unidentified|Mod|px|Processed|Europe\/\w+|Edge|Opera|Samsung Internet|Firefox|Chrome|Safari|Android)$/;

interface Found {
  line: number;
  text: string;
}

/** Texts of the console that do not come from its message files, as "line 3: …". */
export function looseTexts(file: SourceFile): string[] {
  const found = file.path.endsWith('.svelte') ? inComponent(file) : inModule(file);
  return found.map(({ line, text }) => `line ${line}: "${text.trim()}" stands in no message file`);
}

function inModule(file: SourceFile): Found[] {
  const source = parse(file);
  const found: Found[] = [];
  walk(source, (node) => {
    const text = literalText(node);
    if (text === null || !readsLikeWords(text) || isForMachines(node)) return;
    found.push({ line: lineOf(source, node), text });
  });
  return found;
}

function literalText(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

/** Types, imports, and what only a programmer reads: an error that nobody catches. */
function isForMachines(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isTypeNode(at) || ts.isImportDeclaration(at) || ts.isExportDeclaration(at)) return true;
    if (ts.isThrowStatement(at)) return true;
  }
  return false;
}

/** Begins like a sentence or ends like one; class names and addresses do neither. */
function readsLikeWords(text: string): boolean {
  const plain = text.trim();
  if (SAME_EVERYWHERE.test(plain) || !/\p{L}\p{Ll}/u.test(plain)) return false;
  if (/^[\w-]+\/[\w-]+/.test(plain) || /^\S+=/.test(plain)) return false;
  return (
    /^[“"(…]?\p{Lu}\p{Ll}+([ ,.…:?!’]|$)/u.test(plain) || /\p{Ll}+ .*\p{Ll}[.?!…]$/u.test(plain)
  );
}

function inComponent(file: SourceFile): Found[] {
  const { fragment, instance, module } = parseComponent(file.text, { modern: true });
  const found: Found[] = [];
  const lineAt = (start: number) => file.text.slice(0, start).split('\n').length;
  const add = (start: number, text: string) => found.push({ line: lineAt(start), text });
  visit(fragment, add);
  for (const script of [instance, module]) if (script) visit(script.content, add);
  return found;
}

type Add = (start: number, text: string) => void;

/** Follows the component's tree: markup, and the expressions in it. */
function visit(node: unknown, add: Add): void {
  if (Array.isArray(node)) {
    node.forEach((child) => visit(child, add));
    return;
  }
  if (!isNode(node)) return;
  if (node.type === 'Attribute') {
    visitAttribute(node, add);
    return;
  }
  if (node.type === 'ImportDeclaration' || node.type.startsWith('TS')) return;
  const said = saidBy(node);
  if (said !== null) add(node.start, said);
  for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child, add);
}

function saidBy(node: Node): string | null {
  const { type, data, value, quasis } = node;
  if (type === 'Text' && typeof data === 'string' && saysSomething(data)) return data;
  if (type === 'Literal' && typeof value === 'string' && readsLikeWords(value)) return value;
  if (type !== 'TemplateLiteral' || !Array.isArray(quasis)) return null;
  const parts: unknown[] = quasis;
  const text = parts.map((part) => (isNode(part) ? rawOf(part.value) : '')).join('…');
  return readsLikeWords(text) ? text : null;
}

function rawOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'raw' in value ? String(value.raw) : '';
}

function visitAttribute(attribute: Node, add: Add): void {
  const { name, value } = attribute;
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  for (const part of parts) {
    if (!isNode(part)) continue;
    if (part.type !== 'Text') visit(part, add);
    else if (SPOKEN.test(String(name)) && saysSomething(String(part.data))) {
      add(part.start, String(part.data));
    }
  }
}

/** At least one word of a language: letters of keys and signs are none. */
function saysSomething(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  return words.some((word) => !SAME_EVERYWHERE.test(word));
}

interface Node {
  [key: string]: unknown;
  type: string;
  /** Of all but fragments. */
  start: number;
}

function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null) return false;
  return 'type' in value && typeof value.type === 'string';
}
