// Who imports whom: each folder of src/ names what it may use, and everything else fails.
const may = {
  lib: [],
  domain: ['lib'],
  codecs: ['domain', 'lib'],
  screening: ['domain', 'lib'],
  review: ['domain', 'lib'],
  protection: ['domain', 'lib'],
  store: ['domain', 'lib'],
  queue: ['store', 'lib'],
  connect: ['lib'],
  flows: ['domain', 'codecs', 'screening', 'review', 'protection', 'store', 'queue', 'connect', 'lib'],
  http: ['flows', 'store', 'domain', 'lib'],
  cli: ['flows', 'store', 'codecs', 'simulator', 'domain', 'lib'],
  simulator: ['codecs', 'domain', 'lib'],
}

/** Folders that take clock, randomness, files and network as arguments. */
const pure = ['domain', 'codecs', 'screening', 'review', 'protection', 'simulator']

/** Tests of pure folders may read fixtures and use the test tools. */
const tests = '\\.test\\.tsx?$'

/** The wiring (`src/main.ts`), the settings (`src/config.ts`) `fuzz/` and `torture/` belong to no folder; the command line starts them. */
const wiring = { cli: '^(src/[^/]+\\.ts$|fuzz/|torture/)' }

/** Tests of flows are fed by the simulator, and so are the tools of these tests. */
const fed = ['^src/flows/testing/', '^src/flows/.*\\.test\\.ts$']

const wall = (name, folder, allowed, from) => ({
  name,
  comment: `${name.replace('-imports', '')} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing of ours'}.`,
  severity: 'error',
  from,
  to: {
    path: '^(src|console|bench|fuzz|torture|e2e|tools|bin)/',
    pathNot: [`^src/(${[folder, ...allowed].join('|')})/`, wiring[folder]].filter(Boolean),
  },
})
const walls = [
  ...Object.entries(may).map(([folder, allowed]) =>
    wall(`${folder}-imports`, folder, allowed, { path: `^src/${folder}/`, pathNot: fed }),
  ),
  wall('flows-tests-imports', 'flows', [...may.flows, 'simulator'], { path: fed }),
]

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'known-folders',
      comment: 'A folder of src/ that the table does not name has no place yet.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${Object.keys(may).join('|')})/` },
      to: {},
    },
    {
      name: 'pure-folders',
      comment: 'Pure code takes no clock, randomness, files, network or database: those come as arguments.',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/`, pathNot: tests },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|fs/promises|net|http|https|http2|tls|dgram|dns|child_process|worker_threads|cluster|timers|timers/promises|process|os)$',
      },
    },
    {
      name: 'pure-packages',
      comment: 'Pure code uses no packages but the reader of XML and the test tools.',
      severity: 'error',
      from: { path: `^src/(lib|${pure.join('|')})/`, pathNot: tests },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer'],
        pathNot: '^node_modules/(sax|@types/sax)/',
      },
    },
    {
      name: 'no-cycles',
      comment: 'A ring at run time has no beginning; types may point back.',
      severity: 'error',
      from: { pathNot: '^node_modules' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'type-import'] } },
    },
    {
      name: 'console-imports',
      comment: 'The console knows the server by the types of src/http only.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^(src|bench|e2e|tools|bin)/', pathNot: '^src/http/' },
    },
    {
      name: 'console-types-only',
      comment: 'What comes from src/http into the console are types: no server code is shipped to a browser.',
      severity: 'error',
      from: { path: '^console/' },
      to: { path: '^src/http/', dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'tests-stay-tests',
      comment: 'What runs does not import what tests.',
      severity: 'error',
      from: { path: '^(src|console)/', pathNot: [tests, '^src/store/testing/'] },
      to: { path: [tests, '^src/store/testing/'] },
    },
    {
      name: 'resolvable',
      comment: 'The import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-dev-packages',
      comment: 'What serves runs on dependencies alone; the console is built, so its packages are for development.',
      severity: 'error',
      from: { path: '^src/', pathNot: [tests, '^src/store/testing/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css', '.d.ts'],
    },
  },
}
