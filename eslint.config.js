import { builtinModules } from 'node:module';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

const TESTS = ['**/*.test.ts', 'tests/**/*.ts', 'bench/**/*.ts'];
const CONFIG_FILES = ['**/*.config.{js,ts,mjs}', '**/*.cjs'];

/** SvelteKit and Vitest find these by their default export; everything else is named. */
const noDefaultExport = [
  {
    selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
    message: 'Export by name: a default export has another name in every file that imports it.',
  },
];
const noEnvironment = [
  {
    selector:
      'MemberExpression[object.name="process"][property.name="env"],' +
      'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
    message:
      'The environment is read in runtime/config.ts only: take what you need as an argument.',
  },
];
const noAsyncValidator = [
  {
    selector: 'Property[key.name="validator"] > :function[async=true]',
    message: 'Temporal does not await update validators: an async one never refuses anything.',
  },
];
/** Rules of the desk get time and chance as arguments, or they could not be replayed. */
const noClock = [
  {
    selector:
      'CallExpression[callee.object.name="Date"][callee.property.name="now"],' +
      'NewExpression[callee.name="Date"][arguments.length=0],' +
      'CallExpression[callee.object.name="Math"][callee.property.name="random"],' +
      'CallExpression[callee.name=/^(setTimeout|setInterval|setImmediate|queueMicrotask)$/]',
    message: 'The domain has no clock and no dice: take `now` or the id as an argument.',
  },
];

const builtinNames = builtinModules.filter((name) => !name.startsWith('_')).join('|');
const builtins = {
  patterns: [
    {
      regex: `^(node:.*|(${builtinNames})(/.*)?)$`,
      message: 'Node builtins stay out of domain/ and workflows/: they are not deterministic.',
    },
  ],
};

const limits = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 70, IIFEs: true }],
  // Prettier breaks code at 100; it cannot break a regular expression or an address.
  'max-len': ['error', { code: 100, ignoreUrls: true, ignoreRegExpLiterals: true }],
};

const language = {
  eqeqeq: 'error',
  'no-console': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-debugger': 'error',
  'no-else-return': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-extra-boolean-cast': 'error',
  'no-fallthrough': 'error',
  'no-implied-eval': 'off',
  'no-irregular-whitespace': 'error',
  'no-param-reassign': 'error',
  'no-self-compare': 'error',
  'no-unreachable-loop': 'error',
  'no-unsafe-finally': 'error',
  'no-useless-escape': 'error',
  'no-useless-rename': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

const types = {
  '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
};

/** These need the type checker, and find what kills a workflow: a promise that nobody awaits. */
const typeAware = {
  '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/return-await': ['error', 'in-try-catch'],
  // A Fastify handler or an activity is async by its type, whether it awaits or not.
  '@typescript-eslint/require-await': 'off',
  // Promise rejections carry whatever a library threw.
  '@typescript-eslint/prefer-promise-reject-errors': 'off',
};

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/.svelte-kit/',
      '**/build/',
      '**/dist/',
      '.postkeep/',
      'coverage/',
      'tests/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      ...language,
      ...types,
      ...typeAware,
      ...limits,
      'no-restricted-syntax': ['error', ...noDefaultExport, ...noEnvironment, ...noAsyncValidator],
    },
  },
  {
    files: ['domain/**/*.ts', 'workflows/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': ['error', builtins],
      'no-restricted-globals': ['error', 'process', 'Buffer', '__dirname', 'require'],
    },
  },
  {
    files: ['domain/**/*.ts'],
    // New ids need the time and chance: the one file of the domain that is not pure.
    ignores: ['**/*.test.ts', 'domain/ids.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...noDefaultExport, ...noEnvironment, ...noClock],
    },
  },
  {
    files: ['runtime/config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noDefaultExport] },
  },
  {
    files: TESTS,
    rules: {
      'max-lines': ['error', { max: 500 }],
      // A describe block is a list of tests, not a function; tidy.test.ts measures the tests in it.
      'max-lines-per-function': 'off',
      // Answers of the system under test are looked at as they come.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Runes are declared with let and written by the markup.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // Private sets of listeners and look-ups inside one function are not shown on the page.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'max-lines': ['error', { max: 200 }],
      // Prettier breaks markup; what stays long is a sentence or the path of an icon.
      'max-len': 'off',
      // The console is served from the root of its own origin: there is no base path to add.
      'svelte/no-navigation-without-resolve': 'off',
      // Takes the words of the reason after the code for further codes; svelte-check knows better.
      'svelte/no-unused-svelte-ignore': 'off',
      // Prettier keeps a space between two elements alive with {' '}.
      'svelte/no-useless-mustaches': 'off',
      // The parser does not know the types of snippets' parameters; svelte-check does.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // Here the answers of our own server, typed by api/schemas, are believed without a look.
    files: ['web/src/lib/api/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: CONFIG_FILES,
    rules: { 'no-restricted-syntax': ['error', ...noEnvironment] },
  },
  {
    // Plain JavaScript: configuration, and what must run before anything is installed.
    files: ['**/*.{js,cjs,mjs}'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    // run.mjs runs on any Node, before the packages (and with them runtime/config.ts) are there.
    files: ['stack/bin/*.mjs'],
    rules: { 'no-restricted-syntax': ['error', ...noDefaultExport], 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
