/** The records of a text of CSV: quotes around a value double those within, and may hold line breaks. Empty lines are none. */
export function* csvRecords(text: string, delimiter: string): Generator<string[]> {
  const source = text.replace(/^\uFEFF/, '')
  let row: string[] = []
  let at = 0
  while (at < source.length) {
    const { value, next } = readField(source, at, delimiter)
    row.push(value)
    at = next
    if (source.startsWith(delimiter, at) && at < source.length) {
      at += delimiter.length
      if (at >= source.length) row.push('')
      else continue
    }
    if (source[at] === '\r') at++
    if (source[at] === '\n') at++
    if (row.length > 1 || row[0] !== '') yield row
    row = []
  }
}

function readField(source: string, start: number, delimiter: string): { value: string; next: number } {
  let value = ''
  let at = start
  if (source[at] === '"') {
    for (at++; at < source.length; at++) {
      if (source[at] !== '"') value += source[at]
      else if (source[at + 1] === '"') value += source[at++]
      else {
        at++
        break
      }
    }
  }
  while (at < source.length && !source.startsWith(delimiter, at) && !/[\r\n]/.test(source[at]!))
    value += source[at++]
  return { value, next: at }
}
