import type { Command } from './command.ts'

interface TableEntry {
  readonly summary: string
  /** Loads the command's module: none is read before it is called for. */
  readonly load: () => Promise<Command>
}

/** Every command, in the order help shows them. */
export const commandTable: Readonly<Record<string, TableEntry>> = {
  init: {
    summary: 'Make a project from your own data',
    load: async () => (await import('./commands/init.ts')).init,
  },
  build: {
    summary: 'Load, build, check and publish the whole graph',
    load: async () => (await import('./commands/build.ts')).build,
  },
  run: {
    summary: 'Build models, without seeds, snapshots and tests',
    load: async () => (await import('./commands/run.ts')).run,
  },
  seed: {
    summary: 'Load the CSV files under seeds/ into tables',
    load: async () => (await import('./commands/seed.ts')).seed,
  },
  snapshot: {
    summary: 'Keep how rows change, in the tables of snapshots',
    load: async () => (await import('./commands/snapshot.ts')).snapshot,
  },
  clone: {
    summary: 'Make views over what another run built',
    load: async () => (await import('./commands/clone.ts')).clone,
  },
  compile: {
    summary: 'Write the SQL of nodes with their templates resolved',
    load: async () => (await import('./commands/compile.ts')).compile,
  },
  'run-operation': {
    summary: 'Call a macro',
    load: async () => (await import('./commands/run-operation.ts')).runOperation,
  },
  ingest: {
    summary: 'Run pipelines only: files in, tables out',
    load: async () => (await import('./commands/ingest.ts')).ingest,
  },
  test: {
    summary: 'Run checks on what is published',
    load: async () => (await import('./commands/test.ts')).test,
  },
  retry: {
    summary: 'Do again what the last run failed, skipped or did not reach',
    load: async () => (await import('./commands/retry.ts')).retry,
  },
  plan: {
    summary: 'Show what a build would do, and why',
    load: async () => (await import('./commands/plan.ts')).plan,
  },
  check: {
    summary: 'Report mistakes in the project’s files, or check data',
    load: async () => (await import('./commands/check.ts')).check,
  },
  parse: {
    summary: 'Read the project, and write its manifest',
    load: async () => (await import('./commands/parse.ts')).parse,
  },
  connectors: {
    summary: 'Look at manifests of HTTP APIs, and at what they read',
    load: async () => (await import('./commands/connectors.ts')).connectors,
  },
  ls: {
    summary: 'List the graph',
    load: async () => (await import('./commands/ls.ts')).ls,
  },
  show: {
    summary: 'Show the first rows of a table or model',
    load: async () => (await import('./commands/show.ts')).show,
  },
  anomalies: {
    summary: 'Say how anomalous each point of a series is',
    load: async () => (await import('./commands/anomalies.ts')).anomalies,
  },
  diff: {
    summary: 'Compare two datasets: columns, rows and values',
    load: async () => (await import('./commands/diff.ts')).diff,
  },
  sql: {
    summary: 'Run a query on the warehouse',
    load: async () => (await import('./commands/sql.ts')).sql,
  },
  source: {
    summary: 'Tell how fresh the tables of sources are',
    load: async () => (await import('./commands/source.ts')).source,
  },
  docs: {
    summary: 'Write what a documentation site is made of',
    load: async () => (await import('./commands/docs.ts')).docs,
  },
  runs: {
    summary: 'Show past runs, or one in full',
    load: async () => (await import('./commands/runs.ts')).runs,
  },
  contracts: {
    summary: 'List, validate, compare, import and export data contracts',
    load: async () => (await import('./commands/contracts.ts')).contracts,
  },
  quarantine: {
    summary: 'List, show and replay rejected rows',
    load: async () => (await import('./commands/quarantine.ts')).quarantine,
  },
  privacy: {
    summary: 'Reveal or erase what a token stands for',
    load: async () => (await import('./commands/privacy.ts')).privacy,
  },
  deps: {
    summary: 'Install the packages of packages.yml',
    load: async () => (await import('./commands/deps.ts')).deps,
  },
  clean: {
    summary: 'Remove the folders of clean-targets',
    load: async () => (await import('./commands/clean.ts')).clean,
  },
  debug: {
    summary: 'Test the project, its connections and its state',
    load: async () => (await import('./commands/debug.ts')).debug,
  },
  completion: {
    summary: 'Print a script that completes commands in a shell',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
  schema: {
    summary: 'Print the JSON Schema of a project file, or the history of a table’s columns',
    load: async () => (await import('./commands/schema.ts')).schema,
  },
}
