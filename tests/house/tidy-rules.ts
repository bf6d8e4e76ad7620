import ts from 'typescript';
import { lineOf, linesOf, parse, split, walk } from './syntax.ts';
import type { SourceFile } from './tree.ts';

const SOURCE_LINES_MAX = 300;
const TEST_LINES_MAX = 500;
const COMPONENT_LINES_MAX = 200;
const SCRIPT_LINES_MAX = 100;
const FUNCTION_LINES_MAX = 70;

/** A rule over one file: a sentence for each thing that breaks it. */
export interface TidyRule {
  name: string;
  applies: (path: string) => boolean;
  problems: (file: SourceFile) => string[];
}

const isTypeScript = (path: string): boolean => /\.(ts|mts)$/.test(path);
const isComponent = (path: string): boolean => path.endsWith('.svelte');
const isTest = (path: string): boolean =>
  path.endsWith('.test.ts') || path.startsWith('tests/') || path.startsWith('bench/');
const isCode = (path: string): boolean => /\.(ts|mts|mjs|cjs|js|svelte)$/.test(path);
/** The house tests hold the very things that they look for. */
const isHouse = (path: string): boolean => path.startsWith('tests/house/');

const countLines = (text: string): number =>
  text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

const fileSize: TidyRule = {
  name: 'files are short',
  applies: isCode,
  problems: ({ path, text }) => {
    const max = isComponent(path)
      ? COMPONENT_LINES_MAX
      : isTest(path)
        ? TEST_LINES_MAX
        : SOURCE_LINES_MAX;
    const lines = countLines(text);
    const script = /<script[^>]*>\n([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '';
    const scriptLines = isComponent(path) ? countLines(script) : 0;
    return [
      ...(lines > max ? [`has ${lines} lines, ${max} are allowed`] : []),
      ...(scriptLines > SCRIPT_LINES_MAX
        ? [`has ${scriptLines} lines of script, ${SCRIPT_LINES_MAX} are allowed`]
        : []),
    ];
  },
};

const functionSize: TidyRule = {
  name: 'functions are short',
  applies: isTypeScript,
  problems: (file) => {
    const source = parse(file);
    const found: string[] = [];
    walk(source, (node) => {
      if (!ts.isFunctionLike(node) || isDescribe(node.parent)) return;
      const lines = linesOf(source, node);
      if (lines <= FUNCTION_LINES_MAX) return;
      found.push(`line ${lineOf(source, node)}: function of ${lines} lines`);
    });
    return found;
  },
};

/** A describe block is a list of tests; the tests in it are measured one by one. */
function isDescribe(node: ts.Node): boolean {
  return ts.isCallExpression(node) && /^describe\b/.test(node.expression.getText());
}

const fileNames: TidyRule = {
  name: 'files are named for their one subject',
  applies: (path) => isCode(path) && !path.startsWith('.'),
  problems: ({ path }) => {
    const parts = path.split('/').flatMap((part) => part.split(/[-.]/));
    const vague = parts.filter((part) => /^(utils?|helpers?|common|misc|managers?)$/i.test(part));
    const name = path.split('/').at(-1) ?? '';
    const route = path.startsWith('web/src/routes/');
    const shape = isComponent(path)
      ? /^[A-Z][A-Za-z0-9]*\.svelte$/
      : /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*$/;
    return [
      ...vague.map((part) => `"${part}" says nothing: name the subject`),
      ...(route || shape.test(name) ? [] : [`"${name}" is not in kebab-case`]),
    ];
  },
};

const declaredNames: TidyRule = {
  name: 'nothing is a Manager, a Service or a Helper',
  applies: isTypeScript,
  problems: (file) => {
    const source = parse(file);
    const found: string[] = [];
    walk(source, (node) => {
      const named =
        ts.isClassDeclaration(node) ||
        ts.isInterfaceDeclaration(node) ||
        ts.isTypeAliasDeclaration(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isVariableDeclaration(node);
      const name = named ? (node.name?.getText() ?? '') : '';
      if (/(Manager|Service|Helpers?|Utils?)$/.test(name)) {
        found.push(`line ${lineOf(source, node)}: "${name}" does not say what it does`);
      }
    });
    return found;
  },
};

const barrels: TidyRule = {
  name: 'an index.ts does something of its own',
  applies: (path) => path.endsWith('/index.ts'),
  problems: (file) => {
    const statements = parse(file).statements;
    const onlyPassesOn = statements.every(
      (line) => ts.isExportDeclaration(line) && line.moduleSpecifier !== undefined,
    );
    return onlyPassesOn ? ['only passes on what others export: import those files'] : [];
  },
};

const WORDS: [RegExp, string][] = [
  [/\b(FIXME|HACK|XXX|WIP)\b/, 'finish it, or file an issue and write TODO(#n)'],
  [/\bTODO\b(?!\(#\d+\))/, 'write TODO(#n), with the number of an issue'],
  [/\b(previously|formerly|used to be|in the past|old version)\b/i, 'say what is, not what was'],
  [/\b(obviously|of course|simply put|needless to say)\b/i, 'leave out what the reader knows'],
  [/\b(whitelist|blacklist)/i, 'say which are allowed or refused'],
];
const words: TidyRule = {
  name: 'comments speak of what is, and why',
  applies: (path) => isTypeScript(path) && !isHouse(path),
  problems: (file) => {
    const lines = split(file).comments.split('\n');
    return WORDS.flatMap(([banned, advice]) =>
      lines.flatMap((line, index) => {
        const hit = banned.exec(line);
        return hit ? [`line ${index + 1}: "${hit[0]}" in a comment: ${advice}`] : [];
      }),
    );
  },
};

const focusedTests: TidyRule = {
  name: 'every test runs',
  applies: (path) =>
    isTest(path) &&
    isCode(path) &&
    !isHouse(path) &&
    // For the programs that no package brings; `.ci/run` installs them.
    path !== 'tests/with-program.ts',
  problems: (file) =>
    matches(
      split(file).code,
      /\b(test|it|describe|suite)\.(only|skip|todo|skipIf|runIf|fails)\b|\bx(it|describe)\(/,
      'every test runs, everywhere, or is deleted',
    ),
};

const environment: TidyRule = {
  name: 'the environment is read in runtime/config.ts only',
  applies: (path) =>
    isCode(path) &&
    !isHouse(path) &&
    path !== 'runtime/config.ts' &&
    // run.mjs runs before the packages are installed, and so before runtime/config.ts can.
    !/^stack\/bin\/[a-z-]+\.mjs$/.test(path),
  problems: (file) =>
    matches(
      isTypeScript(file.path) ? split(file).code : file.text,
      /\bprocess\.env\b|\bprocess\[['"]env|\bimport\.meta\.env\b|['"]\$env\/|['"]\$app\/env/,
      'take the value as an argument',
    ),
};

const asyncValidators: TidyRule = {
  name: 'update validators are synchronous',
  applies: (path) => path.startsWith('workflows/') && isTypeScript(path),
  problems: (file) => {
    const source = parse(file);
    const asyncNames = new Set<string>();
    walk(source, (node) => {
      if (ts.isFunctionDeclaration(node) && isAsync(node)) asyncNames.add(node.name?.text ?? '');
      if (ts.isVariableDeclaration(node) && isAsync(node.initializer)) {
        asyncNames.add(node.name.getText());
      }
    });
    const found: string[] = [];
    walk(source, (node) => {
      const value = validatorOf(node);
      if (!value || !(isAsync(value) || asyncNames.has(value.getText()))) return;
      found.push(`line ${lineOf(source, node)}: Temporal does not await it, so it refuses nothing`);
    });
    return found;
  },
};

function validatorOf(node: ts.Node): ts.Node | undefined {
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'validator') return node.initializer;
  if (ts.isMethodDeclaration(node) && node.name.getText() === 'validator') return node;
  if (ts.isShorthandPropertyAssignment(node) && node.name.text === 'validator') return node.name;
  return undefined;
}

function isAsync(node: ts.Node | undefined): boolean {
  if (!node || !ts.canHaveModifiers(node)) return false;
  return (ts.getModifiers(node) ?? []).some((it) => it.kind === ts.SyntaxKind.AsyncKeyword);
}

const patches: TidyRule = {
  name: 'patch ids are declared in workflows/patches.ts',
  applies: (path) => path.startsWith('workflows/') && path !== 'workflows/patches.ts',
  problems: (file) =>
    matches(
      split(file).code,
      /\b(patched|deprecatePatch)\(\s*['"`]/,
      'declare the id in patches.ts',
    ),
};

/** What JSON turns into `{}`, a string or nothing: never part of a message or of a state. */
const NOT_JSON =
  /^(Map|Set|ReadonlyMap|ReadonlySet|WeakMap|WeakSet|Date|RegExp|URL|Error|Promise|Buffer|Uint8Array)$/;
const plainMessages: TidyRule = {
  name: 'messages and state are plain JSON',
  applies: (path) =>
    (path.startsWith('domain/') || path === 'workflows/messages.ts') && !path.endsWith('.test.ts'),
  problems: (file) => {
    const source = parse(file);
    const found: string[] = [];
    for (const statement of source.statements) {
      if (!ts.isInterfaceDeclaration(statement) && !ts.isTypeAliasDeclaration(statement)) continue;
      walk(statement, (node) => {
        const name = ts.isTypeReferenceNode(node) ? node.typeName.getText() : '';
        const keyword = node.kind === ts.SyntaxKind.BigIntKeyword ? 'bigint' : '';
        if (!NOT_JSON.test(name) && keyword === '') return;
        found.push(`line ${lineOf(source, node)}: ${name || keyword} does not survive JSON`);
      });
    }
    return found;
  },
};

/** Those before it were released with plain indexes, and are never edited. */
const BUILDS_ASIDE_FROM = 27;
const newIndexes: TidyRule = {
  name: 'migrations build indexes of tables that exist without locking them',
  applies: (path) =>
    Number(/^database\/migrations\/(\d{4})-/.exec(path)?.[1] ?? 0) >= BUILDS_ASIDE_FROM,
  problems: ({ text }) => {
    const made = [...text.matchAll(/\bcreate table (?:if not exists )?(\S+)/gi)].map((m) => m[1]);
    const built = [...text.matchAll(/\bcreate (?:unique )?index \S+\s+on (\S+)/gi)]
      .map((m) => m[1])
      .filter((table) => !made.includes(table))
      .map((table) => `"${table}" exists already: use buildIndexes, in a migration of its own`);
    const added = [...text.matchAll(/\badd (?:constraint \S+ )?(?:unique|primary key)\b/gi)].map(
      ([words]) => `"${words}" builds an index under a lock: use buildIndexes for a unique one`,
    );
    return [...built, ...added];
  },
};

function matches(text: string, banned: RegExp, advice: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const hit = banned.exec(line);
    return hit ? [`line ${index + 1}: "${hit[0]}": ${advice}`] : [];
  });
}

export const TIDY_RULES: TidyRule[] = [
  fileSize,
  functionSize,
  fileNames,
  declaredNames,
  barrels,
  words,
  focusedTests,
  environment,
  asyncValidators,
  patches,
  plainMessages,
  newIndexes,
];
