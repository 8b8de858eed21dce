import { type BytesColumn, type Column, isValid } from '../batch/batch.ts'
import { valueAt } from '../batch/value-at.ts'

const encoder = new TextEncoder()

/** The column where its bytes are the texts of its values as they lie; undefined where these are made of them. */
export function plainTexts(column: Column): BytesColumn | undefined {
  return column.storage === 'bytes' && column.type.kind === 'text' ? column : undefined
}

/** The values of a column as UTF-8 texts, NULL as undefined; of a JSON column, texts as their characters. */
export function valueTexts(column: Column): (row: number) => Uint8Array | undefined {
  const { validity } = column
  if (column.storage === 'bytes' && column.type.kind !== 'uuid' && column.type.kind !== 'bytes') {
    const { bytes, offsets } = column
    const text = (row: number) => bytes.subarray(offsets[row]!, offsets[row + 1]!)
    const read = column.type.kind === 'json' ? (row: number) => unquoted(text(row)) : text
    return (row) => (isValid(validity, row) ? read(row) : undefined)
  }
  return (row) => {
    const value = valueAt(column, row)
    return value === null ? undefined : encoder.encode(String(value))
  }
}

const QUOTE = 0x22

function unquoted(json: Uint8Array): Uint8Array {
  if (json[0] !== QUOTE) return json
  try {
    const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString('utf8')
    return encoder.encode(String(JSON.parse(text)))
  } catch {
    return json
  }
}
