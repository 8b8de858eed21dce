import type { Json, JsonObject } from '../../../api-manifest/json.ts'
import { decodeStringLiteral } from '../../../jinja/syntax/string-literal.ts'
import type { ComponentType } from '../builder.ts'
import { csvRecords } from '../decoders/csv-records.ts'
import { textPieces } from '../decoders/text-pieces.ts'

/** Records of CSV, by the names of its first line. */
export const csvDecoder: ComponentType<'decoder'> = {
  type: 'CsvDecoder',
  make(definition) {
    const encoding = definition.optionalText('encoding') ?? 'utf-8'
    const delimiter = decodeStringLiteral(definition.optionalText('delimiter') ?? ',')
    const nulls = new Set(definition.texts('set_values_to_none'))
    return {
      *decode(response) {
        const rows = csvRecords(textPieces(response.content, encoding), delimiter)
        const header = rows.next()
        if (header.done === true) return
        for (const row of rows) yield recordOf(header.value, row, nulls)
      },
    }
  },
}

/** A short row lacks its last values; what a long one has too much is kept, under the name `null`. */
function recordOf(names: readonly string[], row: readonly string[], nulls: ReadonlySet<string>): JsonObject {
  const record: JsonObject = {}
  const take = (value: string | undefined): Json => (value === undefined || nulls.has(value) ? null : value)
  for (const [index, name] of names.entries()) record[name] = take(row[index])
  if (row.length > names.length) record['null'] = row.slice(names.length)
  return record
}
