import type { Column } from '../batch/batch.ts'
import { BytesBuilder } from '../batch/bytes-builder.ts'
import { createColumnBuilder } from '../batch/column-builder.ts'
import type { Field } from '../batch/logical-type.ts'
import type { ValuePolicy } from './value-policy.ts'
import { valueTexts } from './value-texts.ts'

/** A column of texts with a policy applied to every value; NULL and the empty text say nothing of anybody and stay. */
export async function treatColumn(column: Column, rows: number, policy: ValuePolicy): Promise<Column> {
  const textAt = valueTexts(column)
  if (policy.prepare !== undefined) {
    const values = Array.from({ length: rows }, (_, row) => textAt(row))
    await policy.prepare(values.filter((value) => value !== undefined && value.length > 0) as Uint8Array[])
  }
  const field: Field = { name: column.name, type: { kind: 'text' } }
  const builder = new BytesBuilder(field, rows)
  for (let row = 0; row < rows; row++) {
    const value = textAt(row)
    if (value === undefined) builder.appendNull()
    else {
      const made = value.length === 0 ? value : Buffer.from(policy.apply(value))
      builder.appendBytes(made, 0, made.length)
    }
  }
  return builder.finish()
}

/** The column without a value. */
export function emptied({ name, type }: Column, rows: number): Column {
  const builder = createColumnBuilder({ name, type }, rows)
  for (let row = 0; row < rows; row++) builder.appendNull()
  return builder.finish()
}
