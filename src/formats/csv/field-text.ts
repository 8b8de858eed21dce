import type { CsvDialect } from './csv-dialect.ts'
import type { RecordScanner } from './record-scanner.ts'

/** The bytes of a quoted field with its escapes undone. */
export function unescaped(buffer: Buffer, start: number, end: number, dialect: CsvDialect): Buffer {
  const { quote, escape: escaping } = dialect
  const bytes = Buffer.allocUnsafe(end - start)
  let size = 0
  for (let at = start; at < end; at++) {
    const byte = buffer[at]!
    if (byte === escaping && (buffer[at + 1] === quote || buffer[at + 1] === escaping)) at++
    bytes[size++] = buffer[at]!
  }
  return bytes.subarray(0, size)
}

/** A field as text; null for an unquoted empty one and for unquoted null texts. */
export function fieldText(
  buffer: Buffer,
  scanner: RecordScanner,
  index: number,
  dialect: CsvDialect,
  nullTexts: readonly string[],
): string | null {
  const [start, end] = [scanner.starts[index]!, scanner.ends[index]!]
  const quoting = scanner.quoting[index]!
  if (quoting === 2) return unescaped(buffer, start, end, dialect).toString('utf8')
  const text = buffer.toString('utf8', start, end)
  return quoting === 0 && (text === '' || nullTexts.includes(text)) ? null : text
}
