import { join } from 'node:path'
import { type Diff, isSame } from '../../diff/diff.ts'
import { diffSides } from '../../diff/diff-sides.ts'
import type { Tolerance, Tolerances } from '../../diff/tolerance.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'
import { openSide } from '../compose/open-side.ts'
import { inTemporaryFolder } from '../compose/temporary-folder.ts'
import { renderDiff } from '../render-diff.ts'

const EXAMPLES = 10

export const diff: Command = {
  name: 'diff',
  summary: 'Compare two datasets: columns, rows and values',
  description: `Compares two datasets, each a file (CSV, Parquet, NDJSON), a node of the project, or a table; with a target before
its name it is that target’s: prod:fct_orders. Tells which columns only one has or has as another type, how many rows
are equal, differ, or are on one side alone, which columns’ values differ in how many rows, and some of them.

Rows are told apart by --key; by the column that a test of the project holds to be unique unless given; without one
whole rows are compared, each as often as it occurs. The exit code is 0 when nothing differs, 1 when something does.`,
  positionals: 'A B',
  options: [
    {
      name: 'key',
      type: 'string',
      multiple: true,
      value: 'COLUMN',
      help: 'What tells rows apart; several together.',
    },
    {
      name: 'ignore',
      type: 'string',
      multiple: true,
      value: 'COLUMN',
      help: 'Columns that are not compared.',
    },
    {
      name: 'tolerance',
      type: 'string',
      multiple: true,
      value: 'BY',
      help: 'How far numbers may be apart: 0.01, 1%, amount=0.01.',
    },
    {
      name: 'limit',
      type: 'string',
      value: 'N',
      help: `The most examples of each kind; ${EXAMPLES} unless given.`,
    },
  ],
  examples: [
    {
      line: 'waterworks diff prod:fct_orders fct_orders',
      says: 'A table of another target with this one’s.',
    },
    {
      line: 'waterworks diff before.parquet fct_orders --key order_id',
      says: 'A copy with what is there now.',
    },
    {
      line: 'waterworks diff a.csv b.csv --key id --tolerance amount=0.01 --ignore loaded_at',
      says: 'Two files, number by number.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  const [left, right, ...more] = positionals
  if (left === undefined || right === undefined || more.length > 0) {
    throw new WaterworksError('WW7001', {
      message: 'diff takes two datasets',
      hint: 'Write `waterworks diff prod:fct_orders fct_orders`, or two files.',
    })
  }
  const examples = countOf(flags.text('limit'))
  const tolerances = tolerancesOf(flags.texts('tolerance'))
  const found = await inTemporaryFolder({}, async (folder) => {
    const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
    const engine = new DuckDbEngine({ path: join(folder, 'diff.duckdb') })
    try {
      const session = await engine.connect()
      const a = await openSide(session, left, 'side_a', invocation)
      const b = await openSide(session, right, 'side_b', invocation)
      const given = flags.texts('key')
      const key = given.length > 0 ? given : a.key.length > 0 ? a.key : b.key
      const ignored = flags.texts('ignore')
      const result = await diffSides(session, a.side, b.side, { key, ignored, tolerances, examples })
      await session.close()
      return { result, names: [a.side.name, b.side.name] as const }
    } finally {
      await engine.close()
    }
  })
  output.print(renderDiff(found.result, found.names, output.width).join('\n'))
  output.json({
    same: isSame(found.result),
    left: found.names[0],
    right: found.names[1],
    ...asDocument(found.result),
  })
  return isSame(found.result) ? 0 : 1
}

/** The names of JSON documents are in snake case. */
function asDocument({ rows, columns, key, values, examples }: Diff) {
  return {
    key,
    rows: {
      left: rows.left,
      right: rows.right,
      equal: rows.equal,
      changed: rows.changed,
      only_left: rows.onlyLeft,
      only_right: rows.onlyRight,
    },
    columns: {
      compared: columns.compared,
      only_left: columns.onlyLeft,
      only_right: columns.onlyRight,
      retyped: columns.retyped,
    },
    values,
    examples: { cells: examples.cells, only_left: examples.onlyLeft, only_right: examples.onlyRight },
  }
}

function tolerancesOf(texts: readonly string[]): Tolerances {
  return Object.fromEntries(
    texts.map((text) => {
      const [, column = '*', number, percent] = /^(?:(.+)=)?(\d+(?:\.\d+)?(?:e-?\d+)?)(%)?$/i.exec(text) ?? []
      if (number === undefined) {
        throw new WaterworksError('WW7001', {
          message: `--tolerance takes 0.01, 1% or column=0.01, not ${text}`,
        })
      }
      const tolerance: Tolerance =
        percent === undefined ? { amount: Number(number) } : { percent: Number(number) }
      return [column, tolerance]
    }),
  )
}

function countOf(text: string | undefined): number {
  if (text === undefined) return EXAMPLES
  if (/^\d+$/.test(text)) return Number(text)
  throw new WaterworksError('WW7001', { message: `--limit takes a whole number, not ${text}` })
}
