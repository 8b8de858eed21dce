import { type Column, isValid } from '../batch/batch.ts'
import { BytesBuilder } from '../batch/bytes-builder.ts'
import { createColumnBuilder } from '../batch/column-builder.ts'
import type { Field } from '../batch/logical-type.ts'
import { ValidityBuilder } from '../batch/validity-builder.ts'
import type { ValuePolicy } from './value-policy.ts'
import { plainTexts, valueTexts } from './value-texts.ts'

/** A column of texts with a policy applied to every value; NULL and the empty text say nothing of anybody and stay. */
export async function treatColumn(column: Column, rows: number, policy: ValuePolicy): Promise<Column> {
  if (policy.fixed !== undefined) return ofOneLength(column, rows, policy.fixed)
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

function ofOneLength(
  column: Column,
  rows: number,
  { bytes, write }: NonNullable<ValuePolicy['fixed']>,
): Column {
  const target = new Uint8Array(rows * bytes)
  const offsets = new Int32Array(rows + 1)
  const validity = new ValidityBuilder()
  const plain = plainTexts(column)
  const textAt = valueTexts(column)
  let at = 0
  for (let row = 0; row < rows; row++) {
    if (!isValid(column.validity, row)) validity.markNull(row)
    else if (plain !== undefined) {
      const [start, end] = [plain.offsets[row]!, plain.offsets[row + 1]!]
      if (end > start) {
        write(plain.bytes, start, end, target, at)
        at += bytes
      }
    } else {
      const value = textAt(row)!
      if (value.length > 0) {
        write(value, 0, value.length, target, at)
        at += bytes
      }
    }
    offsets[row + 1] = at
  }
  return {
    storage: 'bytes',
    name: column.name,
    type: { kind: 'text' },
    validity: validity.finish(rows),
    offsets,
    bytes: target.subarray(0, at),
  }
}

/** The column without a value. */
export function emptied({ name, type }: Column, rows: number): Column {
  const builder = createColumnBuilder({ name, type }, rows)
  for (let row = 0; row < rows; row++) builder.appendNull()
  return builder.finish()
}
