/** Imports go one way: components -> HTTP -> app -> lib; inside lib, stateful -> pure. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'lib-imports-no-app-or-components',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'components-speak-http',
      comment:
        'The dashboard reads through the routes; from lib it may take only types and pure response schemas.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^(app/|lib/(?!shapes/))', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-things-stay-pure',
      comment: 'Contracts, catalogue, match, render, sign and retry import nothing stateful.',
      severity: 'error',
      from: {
        path: '^lib/(contracts/|catalogue/|shapes/|webhooks/(match|render|sign|retry)\\.ts)',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: '^(lib/(supabase|accounts|http|env)|lib/webhooks/(?!(match|render|sign|retry|types|errors)\\.ts)|node_modules/(next|undici|@supabase))',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-door-out',
      comment: 'Only egress sends to receivers.',
      severity: 'error',
      from: { pathNot: '^lib/webhooks/egress' },
      to: { path: '^node_modules/undici' },
    },
    {
      name: 'admin-client-behind-scoped',
      comment:
        'The admin client knows no tenant: only the scoped door, the accounts and the engine may hold it.',
      severity: 'error',
      from: { pathNot: '^lib/(supabase|accounts)/|^lib/webhooks/(engine|database)|^instrumentation' },
      to: { path: '^lib/supabase/admin' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
    exclude: { path: '\\.next' },
  },
};
