import { isSame } from '../../diff/diff.ts'
import { readTolerance } from '../../diff/read-tolerance.ts'
import type { Tolerances } from '../../diff/tolerance.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'
import { compareDatasets } from '../compose/compare-datasets.ts'
import { diffDocument } from '../diff-document.ts'
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
  const found = await compareDatasets(left, right, invocation, {
    key: flags.texts('key'),
    ignored: flags.texts('ignore'),
    tolerances,
    examples,
  })
  output.print(renderDiff(found.diff, found.names, output.width).join('\n'))
  output.json({
    same: isSame(found.diff),
    left: found.names[0],
    right: found.names[1],
    ...diffDocument(found.diff),
  })
  return isSame(found.diff) ? 0 : 1
}

function tolerancesOf(texts: readonly string[]): Tolerances {
  return Object.fromEntries(
    texts.map((text) => {
      const [, column = '*', written = ''] = /^(?:(.+)=)?(.*)$/.exec(text) ?? []
      const tolerance = readTolerance(written)
      if (tolerance !== undefined) return [column, tolerance]
      throw new WaterworksError('WW7001', {
        message: `--tolerance takes 0.01, 1% or column=0.01, not ${text}`,
      })
    }),
  )
}

function countOf(text: string | undefined): number {
  if (text === undefined) return EXAMPLES
  if (/^\d+$/.test(text)) return Number(text)
  throw new WaterworksError('WW7001', { message: `--limit takes a whole number, not ${text}` })
}
