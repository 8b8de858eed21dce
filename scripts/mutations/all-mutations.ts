import type { Mutation } from './mutation.ts'

const LOAD = 'src/run/load/load-stream.ts'
const MODEL = 'src/run/run-model.ts'
const LANDING = 'src/landing/landing-zone.ts'

const FAIL_POINTS = 'test/crash/fail-points.test.ts'
const PUBLISH = { file: 'test/publish/duckdb.test.ts', test: 'see only whole versions' }
const TWICE = { file: 'test/twice/twice.test.ts', test: 'on duckdb.*(loads everything|gives the same)' }

const AFTER_COMMIT = "    await failPoint('after-commit')\n"

/** Each breaks one promise in the way that a tired engineer would. */
export const mutations: readonly Mutation[] = [
  {
    says: 'the position and the load ids are written after the transaction',
    edits: [
      { file: LOAD, find: '  await recordLoad(executor, load, watermark)\n', replace: '' },
      {
        file: LOAD,
        find: AFTER_COMMIT,
        replace: `${AFTER_COMMIT}    await recordLoad(load.session, load, outcome.watermark)\n`,
      },
    ],
    suite: { file: FAIL_POINTS, test: 'after-commit' },
  },
  {
    says: 'a load is not one transaction',
    edits: [
      {
        file: LOAD,
        find: 'await load.session.transaction(async (transaction) => {',
        replace:
          'await ((work: (executor: Executor) => Promise<LoadOutcome>) => work(load.session))(async (transaction) => {',
      },
    ],
    suite: PUBLISH,
  },
  {
    says: 'a model is checked after it is published',
    edits: [
      {
        file: MODEL,
        find: '  const checks = await session.transaction(',
        replace: '  await session.transaction(',
      },
      {
        file: MODEL,
        find: `    const results = await runGates(transaction, gates, context)
    if (results.some(blocks)) throw new GateFailed(results)
    return results
  })
`,
        replace: `  })
  const checks = await runGates(session, gates, context)
  if (checks.some(blocks)) throw new GateFailed(checks)
`,
      },
    ],
    suite: PUBLISH,
  },
  {
    says: 'a load is gated after it is published',
    edits: [
      {
        file: LOAD,
        find: 'const postLoad = await gateTable(executor, load, target)',
        replace: 'const postLoad: readonly CheckResult[] = []',
      },
      {
        file: LOAD,
        find: AFTER_COMMIT,
        replace: `${AFTER_COMMIT}    await gateTable(load.session, load, load.engine.dialect.relation(load.target))\n`,
      },
    ],
    suite: PUBLISH,
  },
  {
    says: 'rows that the source has no more are deleted past the gates',
    edits: [
      {
        file: 'src/run/load/reconcile-keys.ts',
        find: 'applied.changed ? await gateTable(executor, input, table) : []',
        replace: '[]',
      },
      {
        file: 'src/run/load/reconcile-keys.ts',
        find: 'import { type Gated, gateTable } from',
        replace: 'import type { Gated } from',
      },
    ],
    suite: { file: 'test/run/tables/reconcile.test.ts', test: 'duckdb.*stops the deletion' },
  },
  {
    says: 'a full reload empties the table first, on its own',
    edits: [
      {
        file: LOAD,
        find: '      incoming = await stageIncoming(load, readTypes, judgement.assumesClean, shaping)\n',
        replace: `      if (table !== undefined && load.pipeline.load.strategy === 'truncate-reload') {
        await load.session.execute(\`delete from \${load.engine.dialect.relation(load.target)}\`)
      }
      incoming = await stageIncoming(load, readTypes, judgement.assumesClean, shaping)
`,
      },
    ],
    suite: PUBLISH,
  },
  {
    says: 'a row is dropped without a ledger entry',
    edits: [
      {
        file: 'src/run/load/drop-rows.ts',
        find: ' as _ww_all where not exists',
        replace: ' as _ww_all where _ww_row <> 2 and not exists',
      },
    ],
    suite: TWICE,
  },
  {
    says: 'a row is dropped, and nobody looks at the ledger',
    edits: [
      {
        file: 'src/run/load/drop-rows.ts',
        find: ' as _ww_all where not exists',
        replace: ' as _ww_all where _ww_record <> 12 and not exists',
      },
      { file: LOAD, find: 'if (problem !== undefined) {', replace: 'if (problem === undefined && false) {' },
    ],
    suite: TWICE,
  },
  {
    says: 'rejected rows do not reach the quarantine',
    edits: [
      {
        file: LOAD,
        find: 'const written = await quarantineRows(executor, load, incoming)',
        replace: 'const written = rejected',
      },
    ],
    suite: TWICE,
  },
  {
    says: 'a manifest is written before its data has its name',
    edits: [
      {
        file: LANDING,
        find: `    await rename(temporary, join(folder, name))
    await syncFolder(folder)
    await failPoint('after-landing-rename')
`,
        replace: '',
      },
      {
        file: LANDING,
        find: '    await writeDurably(join(folder, manifestName(sequence)), formatManifest(part))\n',
        replace: `    await writeDurably(join(folder, manifestName(sequence)), formatManifest(part))
    await failPoint('after-landing-rename')
    await rename(temporary, join(folder, name))
`,
      },
    ],
    suite: { file: FAIL_POINTS, test: 'after-landing-rename' },
  },
  {
    says: 'replayed rows are marked after they are committed',
    edits: [
      {
        file: LOAD,
        find: '  for (const { sql, params } of load.alongside ?? []) await executor.execute(sql, params)\n',
        replace: '',
      },
      {
        file: 'src/run/replay/replay-stream.ts',
        find: "        await failPoint('during-replay')\n",
        replace: `        await failPoint('during-replay')
        for (const { sql, params } of marks(parts, context)) await session.execute(sql, params)
`,
      },
    ],
    suite: { file: FAIL_POINTS, test: 'during-replay' },
  },
  {
    says: 'the lease of a dead build is waited for',
    edits: [
      {
        file: 'src/cli/compose/build-lease.ts',
        find: "return error instanceof Error && 'code' in error && error.code === 'ESRCH'",
        replace: 'return error === undefined',
      },
    ],
    suite: { file: FAIL_POINTS, test: 'during-checkpoint' },
  },
  {
    says: 'what is loaded is not looked up',
    edits: [
      {
        file: 'src/run/load/known-loads.ts',
        find: "where status <> 'replayed'",
        replace: "where status = 'nothing'",
      },
    ],
    suite: TWICE,
  },
  {
    says: 'a changed schema is loaded although its pipeline refuses it',
    edits: [{ file: LOAD, find: '  refuseChanges(load, found)\n', replace: '' }],
    suite: { file: 'test/run/tables/schema-changes.test.ts', test: 'duckdb.*by a column that goes' },
  },
  {
    says: 'a source column of a wider type is taken to be unchanged',
    edits: [{ file: LOAD, find: 'arriving ?? arrived', replace: 'arrived' }],
    suite: { file: 'test/run/tables/schema-changes.test.ts', test: 'duckdb.*by wider types' },
  },
  {
    says: 'secrets are printed as they are',
    edits: [
      {
        file: 'src/cli/output.ts',
        find: 'this.#secrets.size === 0 ? text : redact(text, [...this.#secrets])',
        replace: 'text',
      },
    ],
    suite: { file: 'test/cli/nothing-leaks.test.ts', test: 'is printed' },
  },
  {
    says: 'an archive of a package may write outside of its folder',
    edits: [{ file: 'src/packages/fetch/unpack.ts', find: " || parts.includes('..')", replace: '' }],
    suite: { file: 'test/packages/unpack.test.ts', test: 'a path upwards' },
  },
  {
    says: 'clean removes folders outside of the project',
    edits: [
      {
        file: 'src/packages/clean-folders.ts',
        find: 'if (!isWithin(place, home))',
        replace: 'if (place === home)',
      },
    ],
    suite: { file: 'test/packages/clean-folders.test.ts', test: 'refuses ../other' },
  },
  {
    says: 'macros of macros are forgotten when a project is compared with an earlier run',
    edits: [
      {
        file: 'src/dbt/selection/comparison/changed-macros.ts',
        find: 'for (const id of changed) for (const caller of callers.get(id) ?? []) changed.add(caller)',
        replace: '',
      },
    ],
    suite: { file: 'test/dbt/selection/comparison/changed-macros.test.ts', test: 'calls a changed one' },
  },
  {
    says: 'a file is known by its content alone, whatever its name says of its records',
    edits: [
      {
        file: 'src/connectors/files/piece-hash.ts',
        find: 'if (capturedFields.length === 0) return contentHash',
        replace: 'if (capturedFields.length >= 0) return contentHash',
      },
    ],
    suite: { file: 'test/run/captured-fields.test.ts', test: 'on duckdb.*tell files of one content apart' },
  },
  {
    says: 'what is malformed in a decoded file is left out',
    edits: [
      {
        file: 'src/formats/stage/stage-records.ts',
        find: 'this.#raw.reject(record.raw, record.reason, record.place)',
        replace: '',
      },
    ],
    suite: { file: 'test/formats/yaml.test.ts', test: 'rejects what is wrong' },
  },
  {
    says: 'a file is read before its marker is there',
    edits: [
      {
        file: 'src/connectors/files/completeness.ts',
        find: "return 'its marker is not there yet'",
        replace: 'return undefined',
      },
    ],
    suite: { file: 'test/run/complete-files.test.ts', test: 'wait for a marker beside them' },
  },
  {
    says: 'a contract holds nothing back',
    edits: [
      {
        file: 'src/graph/build/contract-nodes.ts',
        find: '  return [node, ...nodes]\n',
        replace: '  return nodes.length < 0 ? nodes : [node]\n',
      },
    ],
    suite: { file: 'test/run/contracts.test.ts', test: 'on duckdb.*hold back' },
  },
  {
    says: 'a query of a contract reads any table',
    edits: [
      {
        file: 'src/contracts/confine-query.ts',
        find: '    const [key, relation] = this.#relationOf(name)\n',
        replace: '    const [key, relation] = [name, this.#scope.relations.get(name) ?? { name }] as const\n',
      },
    ],
    suite: { file: 'test/data-contracts/confine-query.test.ts', test: 'another table' },
  },
]
