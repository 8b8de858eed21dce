import { expect } from 'vitest'
import { z } from 'zod'
import type { Field } from '../../../src/batch/logical-type.ts'
import type { Scalar } from '../../../src/engines/dialect.ts'
import type { Engine, Row } from '../../../src/engines/engine.ts'
import { columnPseudonyms } from '../../../src/privacy/column-pseudonyms.ts'
import { KeyRing } from '../../../src/privacy/key-ring.ts'
import { TokenVault } from '../../../src/privacy/token-vault.ts'
import { Intake } from '../../../src/project/intake.ts'
import { readOperations } from '../../../src/project/read/operations.ts'
import { operationEntry } from '../../../src/project/schema/operation-entry.ts'
import { describeShape } from '../../../src/run/load/describe-shape.ts'
import { DROPPED, dropRows, survivors } from '../../../src/run/load/drop-rows.ts'
import { dropMappings, fillMappings } from '../../../src/run/load/fill-mappings.ts'
import { keepShaped, SHAPED } from '../../../src/run/load/keep-shaped.ts'
import { compileTransform } from '../../../src/transform/compile-transform.ts'
import type { Operation } from '../../../src/transform/operation.ts'
import { ROW } from '../../../src/transform/row-columns.ts'

/** The key that stages hash by here. */
export const STAGE_KEY = '0f'.repeat(32)

function pseudonyms() {
  const noTokens = () => Promise.reject(new Error('these stages have no tokens'))
  return columnPseudonyms(new KeyRing([{ id: 'k1', secret: STAGE_KEY }]), new TokenVault(noTokens))
}

/** What became of rows, as a load counts it. */
export interface Outcome {
  readonly rows: readonly Row[]
  readonly filtered: number
  readonly deduplicated: number
  readonly expanded: number
  readonly folded: number
  readonly reasons: Readonly<Record<string, number>>
}

/** The operations of a text in YAML; throws what is wrong with them. */
export function operationsOf(yaml: string): readonly Operation[] {
  const intake = new Intake()
  const entries = z.array(operationEntry).parse(intake.yaml('pipelines/p.yml', yaml, 'core'))
  const operations = readOperations(
    entries.map((entry) => z.union([z.string(), z.record(z.string(), z.unknown())]).parse(entry)),
    { file: 'pipelines/p.yml', path: [] },
    intake,
  )
  const [problem] = intake.diagnostics.all()
  if (problem !== undefined) throw problem.error
  return operations
}

/** Puts rows through operations, as a load does between what arrived and its strategy. */
export async function shapeRows(
  engine: Engine,
  fields: readonly Field[],
  rows: readonly (readonly Scalar[])[],
  yaml: string,
): Promise<Outcome> {
  const { dialect } = engine
  const { identifier, literal, typeName } = dialect
  const session = await engine.connect()
  const columns = [...fields, { name: ROW, type: { kind: 'int64' } as const }]
  try {
    const list = columns.map(({ name, type }) => `${identifier(name)} ${typeName(type)}`)
    await session.execute(`create temporary table _t_arrived (${list.join(', ')})`)
    if (rows.length > 0) {
      const tuples = rows.map((row, index) => `(${[...row, index + 1].map(literal).join(', ')})`)
      await session.execute(`insert into _t_arrived values ${tuples.join(', ')}`)
    }
    const stages = [{ name: 'clean' as const, operations: operationsOf(yaml) }]
    const shaped = compileTransform(stages, { from: '_t_arrived', fields }, dialect)
    await fillMappings(session, shaped, { engine, pseudonyms: pseudonyms() }, 3)
    const kept = await keepShaped(session, shaped, dialect)
    const { filtered, deduplicated, expanded, folded, reasons } = await dropRows(session, dialect, kept, [])
    const from = survivors(kept.from, true)
    const names = kept.columns.map(identifier).join(', ')
    const left = await session.rows(`select ${names} from ${from} as _t_left order by ${ROW}`)
    const described = compileTransform(stages, { from: '_t_arrived', fields, describesOnly: true }, dialect)
    const types = await describeShape((sql) => session.describe(sql), described)
    expect(types).toEqual(await describeShape((sql) => session.describe(sql), shaped))
    await dropMappings(session, shaped)
    return {
      rows: left,
      ...{ filtered, deduplicated, expanded, folded, reasons },
    }
  } finally {
    for (const table of [SHAPED, DROPPED, '_t_arrived'])
      await session.execute(`drop table if exists ${table}`)
    await session.close()
  }
}
