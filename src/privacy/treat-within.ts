import type { Column } from '../batch/batch.ts'
import { BytesBuilder } from '../batch/bytes-builder.ts'
import type { PersonalColumn } from '../project/personal-data.ts'
import { changeLeaves, type JsonPath, type LeafChange } from './json-leaves.ts'
import type { ValuePolicy } from './value-policy.ts'
import { valueTexts } from './value-texts.ts'

export interface TreatedWithin {
  readonly column: Column
  /** Rows whose value could not be treated, or holds what is refused; it is NULL there. */
  readonly refused: ReadonlyMap<number, string>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/**
 * A column of JSON with a policy applied at a path within each value. A value that is no JSON is taken out and its row
 * refused: what cannot be looked into may hold anything.
 * @param policy what replaces values; undefined where they are dropped or refused
 */
export async function treatWithin(
  column: Column,
  rows: number,
  path: JsonPath,
  { column: name, kind, policy: word }: PersonalColumn,
  policy: ValuePolicy | undefined,
): Promise<TreatedWithin> {
  const textAt = valueTexts(column)
  if (policy?.prepare !== undefined) await policy.prepare(leaves(textAt, rows, path))
  const builder = new BytesBuilder({ name: column.name, type: column.type }, rows)
  const refused = new Map<number, string>()
  for (let row = 0; row < rows; row++) {
    const value = textAt(row)
    if (value === undefined) {
      builder.appendNull()
      continue
    }
    let isRefused = false
    const made = changeLeaves(decoder.decode(value), path, (text): LeafChange => {
      if (text === '') return { text }
      if (policy !== undefined) return { text: policy.apply(encoder.encode(text)) }
      isRefused ||= word === 'refuse'
      return 'drop'
    })
    if (made === undefined)
      refused.set(row, `column ${column.name}: no JSON, in which ${name} could be treated`)
    else if (isRefused) refused.set(row, `column ${name}: personal data (${kind}) is refused`)
    if (made === undefined || isRefused) builder.appendNull()
    else {
      const bytes = encoder.encode(made)
      builder.appendBytes(bytes, 0, bytes.length)
    }
  }
  return { column: builder.finish(), refused }
}

function leaves(
  textAt: (row: number) => Uint8Array | undefined,
  rows: number,
  path: JsonPath,
): readonly Uint8Array[] {
  const found: Uint8Array[] = []
  for (let row = 0; row < rows; row++) {
    const value = textAt(row)
    if (value === undefined) continue
    changeLeaves(decoder.decode(value), path, (text) => {
      if (text !== '') found.push(encoder.encode(text))
      return { text }
    })
  }
  return found
}
