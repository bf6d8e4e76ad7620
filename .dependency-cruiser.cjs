/**
 * The import table of ARCHITECTURE.md, fenced by folder. tests/house/imports.test.ts seeds one
 * violation of each rule here and sees it caught: a new rule needs a seed there.
 */

const TEST = '\\.test\\.ts$';
const MESSAGES = '^workflows/messages\\.ts$';
const TYPE_ONLY = ['type-only'];

/** The processes and tools: they wire rooms together, and no room reaches back to them. */
const ENTRIES = '^(worker\\.ts|mail-in\\.ts|api/server\\.ts)$';
const TOOLS = '^(cli|stack|tests|bench)/';

/** What a room is: its sources, without the tests beside them and without its entry file. */
const sourcesOf = (room) => ({ path: `^${room}/`, pathNot: [TEST, ENTRIES] });

const ROOMS = [
  'domain',
  'workflows',
  'activities',
  'intake',
  'mail',
  'database',
  'api',
  'assistant',
  'runtime',
  'web',
];

/** Files of other rooms, and of the root, that are none of the allowed ones. */
const anyRoomBut = (...allowed) => ({
  path: `^(${ROOMS.join('|')})/|^[^/]+\\.ts$`,
  pathNot: allowed,
});

const fence = (room, allowed, comment) => ({
  name: `${room}-imports`,
  severity: 'error',
  comment,
  from: sourcesOf(room),
  to: anyRoomBut(`^${room}/`, ...allowed),
});

/** Rooms that may see the types of another room, and nothing of it at run time. */
const typesOnly = (room, target, path, comment) => ({
  name: `${room}-sees-only-types-of-${target}`,
  severity: 'error',
  comment,
  from: sourcesOf(room),
  to: { path, dependencyTypesNot: TYPE_ONLY },
});

const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'];

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one file, or miss a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'imports-exist',
      severity: 'error',
      comment: 'What cannot be found cannot be fenced. (SvelteKit makes $app and ./$types itself.)',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^\\$', '^\\./\\$types', '^\\.\\./.*\\$types'] },
    },
    {
      name: 'packages-are-listed',
      severity: 'error',
      comment: 'A package that only a dependency brings can vanish with its next release.',
      from: { pathNot: '^web/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },

    fence('domain', [], 'The rules of the desk need nothing but themselves.'),
    {
      name: 'domain-without-packages',
      severity: 'error',
      comment: 'The domain runs in the workflow sandbox and in the browser: no package.',
      from: sourcesOf('domain'),
      to: { dependencyTypes: NPM },
    },
    {
      name: 'domain-without-builtins',
      severity: 'error',
      comment: 'The domain runs in the workflow sandbox and in the browser: no Node builtin.',
      from: sourcesOf('domain'),
      to: { dependencyTypes: ['core'] },
    },

    fence('workflows', ['^domain/', '^activities/'], 'Workflows know domain and their own words.'),
    typesOnly('workflows', 'activities', '^activities/', 'Activities run elsewhere: types only.'),
    {
      name: 'workflows-packages',
      severity: 'error',
      comment: 'Workflow code is replayed: only the packages that are made for that.',
      from: sourcesOf('workflows'),
      to: {
        dependencyTypes: NPM,
        pathNot: 'node_modules/@temporalio/(workflow|common)/',
      },
    },
    {
      name: 'workflows-without-builtins',
      severity: 'error',
      comment: 'Workflow code is replayed: nothing of the machine may be seen in it.',
      from: sourcesOf('workflows'),
      to: { dependencyTypes: ['core'] },
    },

    fence(
      'activities',
      ['^domain/', '^mail/', '^database/', '^assistant/', '^runtime/', MESSAGES],
      'Activities do the work that workflows ask for; they know no HTTP and no intake.',
    ),
    fence(
      'intake',
      ['^domain/', '^mail/', '^database/', '^runtime/', MESSAGES],
      'Intake stores and hands over; it runs in mail-in, api and cli alike.',
    ),
    fence('mail', ['^domain/', '^runtime/'], 'Mail is values and sockets; it knows no database.'),
    typesOnly('mail', 'runtime', '^runtime/', 'Mail is handed its logger and settings.'),
    fence('database', ['^domain/'], 'The database room knows the desk, not the mail.'),
    fence(
      'api',
      ['^domain/', '^intake/', '^database/', '^mail/', '^assistant/', '^runtime/', MESSAGES],
      'The API asks workflows by messages; it never calls an activity.',
    ),
    fence('assistant', ['^domain/', '^database/', '^runtime/'], 'Answers come from the articles.'),
    fence('runtime', ['^domain/'], 'Settings, loggers and shutdown serve every room alike.'),
    fence('web', ['^domain/', '^api/schemas/'], 'The console talks HTTP.'),
    typesOnly('web', 'api', '^api/', 'The console knows the shapes of answers, not the server.'),

    {
      name: 'nobody-imports-the-tools',
      severity: 'error',
      comment: 'cli, stack, tests and bench use the product; the product runs without them.',
      from: { pathNot: [TOOLS, TEST, '^[^/]+\\.config\\.[a-z]+$'] },
      to: { path: TOOLS },
    },
    {
      name: 'nobody-imports-an-entry',
      severity: 'error',
      comment: 'An entry file starts a process when it is loaded.',
      from: { pathNot: [TOOLS, TEST] },
      to: { path: ENTRIES },
    },
    {
      name: 'nobody-imports-a-test',
      severity: 'error',
      comment: 'What two tests share is a file of its own in tests/.',
      from: {},
      to: { path: TEST },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: {
      path: ['(^|/)(build|dist|coverage|\\.svelte-kit|\\.postkeep)/', '^tests/fixtures/'],
    },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.svelte', '.json', '.d.ts'],
    },
  },
};
