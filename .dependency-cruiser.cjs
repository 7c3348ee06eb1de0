/** The arrows of ARCHITECTURE.md: shared <- platform <- channels <- features <- flows <- app. */
const feature = '^src/features/([^/]+)/'
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^src/shared' },
      to: { path: '^src/(platform|channels|features|flows|app|console|widget)' },
    },
    {
      name: 'platform-knows-no-house',
      severity: 'error',
      from: { path: '^src/platform' },
      to: { path: '^src/(channels|features|flows|app|console|widget)' },
    },
    {
      name: 'channels-never-features',
      severity: 'error',
      from: { path: '^src/channels' },
      to: { path: '^src/(features|flows|app|console|widget)' },
    },
    {
      name: 'features-see-only-the-channel-interface',
      comment: 'a feature (its tests apart) sees of channels only channel.ts',
      severity: 'error',
      from: { path: '^src/features', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/channels', pathNot: '^src/channels/channel\\.ts$' },
    },
    {
      name: 'features-never-flows',
      severity: 'error',
      from: { path: '^src/features', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/(flows|app)' },
    },
    {
      name: 'flows-never-app',
      severity: 'error',
      from: { path: '^src/flows', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/app' },
    },
    {
      name: 'front-doors-only',
      comment: 'another feature is used through x/x.ts or x.contract.ts (browser code may also use its ui/)',
      severity: 'error',
      from: { path: feature, pathNot: '\\.test\\.tsx?$' },
      to: {
        path: feature,
        pathNot: [
          '^src/features/$1/',
          '^src/features/([^/]+)/\\1(\\.contract)?\\.ts$',
          '^src/features/[^/]+/ui/',
        ],
      },
    },
    {
      name: 'flows-use-front-doors',
      severity: 'error',
      from: { path: '^src/flows', pathNot: '\\.test\\.tsx?$' },
      to: { path: feature, pathNot: ['^src/features/([^/]+)/\\1(\\.contract)?\\.ts$'] },
    },
    {
      name: 'browser-sees-no-server',
      severity: 'error',
      from: { path: ['^src/console', '^src/features/[^/]+/ui/'], pathNot: '\\.test\\.tsx?$' },
      to: {
        path: ['^src/(platform|channels|flows|app)/', '^src/features/[^/]+/(?!ui/)(?!.*\\.contract\\.ts$)'],
      },
    },
    {
      name: 'browser-takes-types-of-contracts',
      comment: 'a value of a contract brings its validator along: 15 kB of the first screen',
      severity: 'error',
      from: { path: ['^src/console', '^src/features/[^/]+/ui/'], pathNot: '\\.test\\.tsx?$' },
      to: { path: '\\.contract\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nobody-imports-app',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/app', '\\.test\\.tsx?$'] },
      to: { path: '^src/app' },
    },
    {
      name: 'no-catch-all-names',
      severity: 'error',
      from: {},
      to: { path: '^src/.*/(utils|helpers|common|misc|service|manager)\\.tsx?$' },
    },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '\\.css$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
