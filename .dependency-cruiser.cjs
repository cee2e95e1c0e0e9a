// The directions of src/README.md, without exceptions:
//   app -> trpc -> server -> use-cases -> { domain, db, mail, csv, lead-sources, queue }   and   worker -> use-cases

const PURE_LIBRARIES = [
  'chardet',
  'chrono-node',
  'email-reply-parser',
  'html-to-text',
  'iconv-lite',
  'liquidjs',
  'sanitize-html',
  'temporal-polyfill',
  'tldts',
  'zod',
]
const ADAPTERS = '^src/(db|mail|csv|lead-sources|queue)/'
// Needed by everyone and needing nobody: time, log, environment, tools without a subject, and the type of what use cases are given.
const COMMON = '^src/((clock|deps|env|log)\\.ts$|lib/)'

// The rooms of use cases, from the outermost in: each may call the verbs of those after it, and none of its neighbours.
const ROOMS = [
  ['maintenance'],
  ['notifications'],
  ['progress', 'sample-data', 'sandbox', 'inbox'],
  ['delivery', 'lead-generation', 'conversations', 'replies', 'changes'],
  ['campaigns', 'mass-acts'],
  ['leads', 'workflows', 'team'],
  ['templates'],
  ['mailboxes', 'lead-sources'],
  ['suppression', 'settings', 'audit'],
]
// What a room's files are called that others may import; the rest, named by nouns, are its inner parts.
const VERBS =
  'accept add apply cancel change check clear complete compose correct count create decide delete dispatch duplicate end estimate expire explain export fail forecast ' +
  'get hold import list load lock map open pause plan prepare preview query read record refuse remove reschedule reset resolve restore resume retry return ' +
  'roll run save schedule select send set start stop store test undo unsubscribe update'
const CALLABLE = `^src/use-cases/[^/]+/(${VERBS.replaceAll(' ', '|')})[-.][^/]+$`

const roomRules = ROOMS.flatMap((level, i) =>
  level.map((room) => ({
    name: `rooms-keep-their-order: ${room}`,
    comment: 'A room of use cases calls those that stand below it, so that rooms form no circles.',
    severity: 'error',
    from: { path: `^src/use-cases/${room}/` },
    to: {
      path: `^src/use-cases/(${ROOMS.slice(0, i + 1)
        .flat()
        .join('|')})/`,
      pathNot: `^src/use-cases/${room}/`,
    },
  })),
)

const library = (names) => `(^|/)node_modules/(${names.join('|')})(/|$)`

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: 'every-use-case-has-a-room',
      comment: 'A use case lies in the room of its subject, and the room stands in the list above.',
      severity: 'error',
      from: {},
      to: { path: '^src/use-cases/', pathNot: `^src/use-cases/(${ROOMS.flat().join('|')})/` },
    },
    {
      name: 'inner-parts-stay-inside-their-room',
      comment: 'Another room calls the verbs of a room, never its inner parts.',
      severity: 'error',
      from: { path: '^src/use-cases/([^/]+)/' },
      to: { path: '^src/use-cases/', pathNot: ['^src/use-cases/$1/', CALLABLE] },
    },
    {
      name: 'inner-parts-stay-inside-use-cases',
      comment: 'Server, worker and scripts call the verbs of a room, never its inner parts; its own tests may.',
      severity: 'error',
      from: { pathNot: ['^src/use-cases/', '^tests/'] },
      to: { path: '^src/use-cases/', pathNot: CALLABLE },
    },
    {
      name: 'no-circles-between-rooms-of-statements',
      comment: 'Two folders of statements that need each other are one room, or hide a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/db/queries' },
      to: { circular: true },
    },
    {
      name: 'no-circles-between-rooms-of-use-cases',
      comment: 'Two rooms of use cases that need each other are one room, or hide a third.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/use-cases' },
      to: { circular: true },
    },
    {
      name: 'no-circles',
      comment: 'Two files that need each other are one file, or hide a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere. (server-only is Next itself.)',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^server-only$' },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules take facts and give answers: no I/O, environment, database or framework.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { pathNot: ['^src/domain/', library(PURE_LIBRARIES)] },
    },
    {
      name: 'lib-has-no-subject',
      comment: 'A tool that any product could use knows time and log, and nothing of ours.',
      severity: 'error',
      from: { path: '^src/lib/' },
      to: { path: '^(src|worker|scripts|tests)/', pathNot: '^src/(lib/|(clock|log)\\.ts$)' },
    },
    {
      name: 'adapters-know-only-domain',
      comment: 'What talks to the outside knows the domain and nothing above itself; another adapter only by type.',
      severity: 'error',
      from: { path: ADAPTERS },
      to: { path: '^(src|worker|scripts|tests)/', pathNot: ['^src/domain/', COMMON, ADAPTERS] },
    },
    {
      name: 'adapters-stand-alone',
      comment: 'Adapters meet in use cases and where processes are put together, not among themselves.',
      severity: 'error',
      from: { path: ADAPTERS },
      to: { path: ADAPTERS, pathNot: '^src/$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-door-to-the-database',
      comment: 'Only src/db speaks to PostgreSQL; everybody else calls its statements through src/db/sql.ts.',
      severity: 'error',
      from: { path: '^(src|web|worker)/', pathNot: '^src/db/' },
      to: { path: library(['pg', '@types/pg', '@prisma']) },
    },
    {
      name: 'use-cases-know-nothing-above',
      comment: 'A use case knows neither who calls it nor over what.',
      severity: 'error',
      from: { path: '^src/use-cases/' },
      to: { path: '^(src|worker|scripts|tests)/', pathNot: ['^src/use-cases/', '^src/domain/', ADAPTERS, COMMON] },
    },
    {
      name: 'server-parses-authorises-delegates',
      comment: 'The server knows use cases, and adapters only where its process is put together.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^(src/(app|components|trpc)|worker|scripts|tests)/' },
    },
    {
      name: 'routers-ask-use-cases',
      comment: 'A router never queries: no database, mail, lead source or queue of its own.',
      severity: 'error',
      from: { path: '^src/server/api/routers/' },
      to: { path: ADAPTERS, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-needs-app-web-or-worker',
      comment: 'The outermost layers: they put things together and nobody builds on them.',
      severity: 'error',
      from: { pathNot: ['^src/app/', '^web/', '^worker/', '^tests/'] },
      to: { path: '^(src/app|web|worker)/' },
    },
    {
      name: 'worker-calls-use-cases',
      comment: 'A job is thin; only main.ts puts adapters together.',
      severity: 'error',
      from: { path: '^worker/jobs/' },
      to: { path: '^(src/(app|components|trpc|server|mail|csv|lead-sources)|scripts|tests)/' },
    },
    {
      name: 'web-opens-the-door',
      comment: 'The web process puts the front door before Next; everything behind it is for Next to load.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|worker|scripts|tests)/', pathNot: ['^src/server/http/', COMMON] },
    },
    {
      name: 'worker-has-no-screens',
      comment: 'The worker is a plain Node process.',
      severity: 'error',
      from: { path: '^worker/' },
      to: { path: '^(src/(app|components|trpc|server)|scripts|tests)/' },
    },
    {
      name: 'app-goes-through-trpc',
      comment: 'Pages and routes compose: they reach data through trpc and server, never a use case or an adapter.',
      severity: 'error',
      from: { path: '^src/(app|trpc)/', pathNot: '^src/app/api/' },
      to: { path: ['^src/use-cases/', ADAPTERS], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'components-show',
      comment: 'Components get data from trpc; of the server, use cases and adapters they know types only.',
      severity: 'error',
      from: { path: '^src/components/' },
      to: { path: ['^src/(server|use-cases)/', ADAPTERS], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kit-knows-no-campaigns',
      comment: 'The component kit would fit any product: it knows itself and nothing of ours.',
      severity: 'error',
      from: { path: '^src/components/ui/' },
      to: { path: '^(src|worker|scripts|tests)/', pathNot: '^src/components/ui/' },
    },
    {
      name: 'no-circles-between-rooms-of-screens',
      comment: 'Two folders of screens that need each other are one room, or hide a third: hooks, text, an address.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/components' },
      to: { circular: true },
    },
    {
      name: 'sources-need-no-tests',
      comment: 'Tests and scripts build on the sources, never the other way.',
      severity: 'error',
      from: { path: '^(src|web|worker)/' },
      to: { path: '^(tests|scripts)/' },
    },
    {
      name: 'no-development-packages-at-run-time',
      comment: 'What runs in production is a dependency, not a development dependency.',
      severity: 'error',
      from: { path: '^(src|web|worker)/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(src/db/generated|\\.next|\\.data)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css', '.json', '.svg'],
    },
  },
}
