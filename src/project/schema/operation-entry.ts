import { z } from 'zod'
import { operationNamed, operationNames } from '../../transform/operation-table.ts'
import { text } from './fields.ts'

/** Operations that work without arguments. */
export const BARE_OPERATIONS: readonly string[] = operationNames.filter(
  (name) => operationNamed(name).bare !== undefined,
)

/** One operation with its arguments, under its name. */
export const operationMapping = z
  .strictObject(
    Object.fromEntries(
      operationNames.map((name) => {
        const { entry, summary } = operationNamed(name)
        return [name, z.optional<z.ZodType>(entry).describe(summary)]
      }),
    ),
  )
  .meta({ title: 'Operation' })

export const operationEntry = z.union([text, operationMapping])

export type OperationEntry = string | Readonly<Record<string, unknown>>
