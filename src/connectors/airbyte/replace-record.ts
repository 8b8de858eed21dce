import { type JsonObject, put } from '../../api-manifest/json.ts'

/** Has a record hold what another does, and nothing else. */
export function replaceRecord(record: JsonObject, by: JsonObject): void {
  const entries = Object.entries(by)
  for (const key of Object.keys(record)) delete record[key]
  for (const [key, value] of entries) put(record, key, value)
}
