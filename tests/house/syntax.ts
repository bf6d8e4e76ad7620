import ts from 'typescript';
import type { SourceFile } from './tree.ts';

const parsed = new WeakMap<SourceFile, ts.SourceFile>();
const splits = new WeakMap<SourceFile, SplitText>();

export interface SplitText {
  code: string;
  comments: string;
}

/** Parses without types, once for all rules: quick enough for every file of the project. */
export function parse(file: SourceFile): ts.SourceFile {
  const { path, text } = file;
  const source =
    parsed.get(file) ??
    ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  parsed.set(file, source);
  return source;
}

/** Calls `see` for the node and everything under it. */
export function walk(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => walk(child, see));
}

/** First line of a node, counted from 1. */
export function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** How many lines a node covers. */
export function linesOf(source: ts.SourceFile, node: ts.Node): number {
  const end = source.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return end - lineOf(source, node) + 1;
}

/** The text with every comment blanked (line breaks kept), or with only the comments left. */
export function split(file: SourceFile): SplitText {
  const done = splits.get(file) ?? splitText(file.text);
  splits.set(file, done);
  return done;
}

function splitText(text: string): SplitText {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ');
  const scanner = ts.createScanner(
    ts.ScriptTarget.ES2023,
    false,
    ts.LanguageVariant.Standard,
    text,
  );
  let code = '';
  let comments = '';
  // Depth of braces at which each open template literal goes on, innermost last.
  const templates: number[] = [];
  let depth = 0;
  let lastSignificant = ts.SyntaxKind.Unknown;
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    token = rescan(scanner, token, lastSignificant, templates.at(-1) === depth);
    if (token === ts.SyntaxKind.TemplateHead) templates.push(depth);
    if (token === ts.SyntaxKind.TemplateTail) templates.pop();
    if (token === ts.SyntaxKind.OpenBraceToken) depth += 1;
    if (token === ts.SyntaxKind.CloseBraceToken) depth -= 1;
    const part = scanner.getTokenText();
    const isComment = COMMENTS.has(token);
    code += isComment ? blank(part) : part;
    comments += isComment ? part : blank(part);
    if (!TRIVIA.has(token)) lastSignificant = token;
  }
  return { code, comments };
}

const COMMENTS = new Set([
  ts.SyntaxKind.SingleLineCommentTrivia,
  ts.SyntaxKind.MultiLineCommentTrivia,
]);
const TRIVIA = new Set([...COMMENTS, ts.SyntaxKind.WhitespaceTrivia, ts.SyntaxKind.NewLineTrivia]);
/** After these a slash divides; after anything else it begins a regular expression. */
const OPERANDS = new Set([
  ts.SyntaxKind.Identifier,
  ts.SyntaxKind.NumericLiteral,
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateTail,
  ts.SyntaxKind.CloseParenToken,
  ts.SyntaxKind.CloseBracketToken,
  ts.SyntaxKind.CloseBraceToken,
]);

function rescan(
  scanner: ts.Scanner,
  token: ts.SyntaxKind,
  before: ts.SyntaxKind,
  inTemplate: boolean,
): ts.SyntaxKind {
  const slash = token === ts.SyntaxKind.SlashToken || token === ts.SyntaxKind.SlashEqualsToken;
  if (slash && !OPERANDS.has(before)) return scanner.reScanSlashToken();
  if (token === ts.SyntaxKind.CloseBraceToken && inTemplate) {
    return scanner.reScanTemplateToken(false);
  }
  return token;
}
