import { z } from 'zod'
import type { Dialect } from '../engines/dialect.ts'
import { asNames, names } from './entry-fields.ts'
import { type MisfitRule, misfitEntry } from './misfit-rule.ts'
import { defineOperation } from './operation-definition.ts'
import { type Standard, standardize } from './standardize.ts'

export interface StandardOptions {
  readonly columns: readonly string[]
  readonly onMisfit: MisfitRule
}

/** An operation that writes the values of columns in one way, and takes no more than the columns and what becomes of misfits. */
export function standardOperation(said: {
  readonly summary: string
  readonly example: string
  readonly standard: (dialect: Dialect) => Standard
}) {
  return defineOperation({
    stage: 'conform',
    summary: said.summary,
    example: said.example,
    entry: z.union([
      names,
      z.strictObject({
        columns: names,
        on_misfit: misfitEntry(['null', 'keep', 'quarantine', 'fail'], 'quarantine'),
      }),
    ]),
    effects: ['rejected', 'held'],
    read(entry): StandardOptions {
      if (typeof entry === 'string' || Array.isArray(entry))
        return { columns: asNames(entry), onMisfit: 'quarantine' }
      const rule = entry.on_misfit === undefined ? 'quarantine' : (entry.on_misfit ?? 'null')
      return { columns: asNames(entry.columns), onMisfit: rule }
    },
    compile: (state, { columns, onMisfit }, context) =>
      standardize(state, columns, said.standard(context.dialect), onMisfit, context),
  })
}
