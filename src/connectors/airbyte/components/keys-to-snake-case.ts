import { isJsonObject, type JsonObject, put } from '../../../api-manifest/json.ts'
import type { ComponentType } from '../builder.ts'
import { replaceRecord } from '../replace-record.ts'

const TOKEN = /[A-Z]+[a-z]*|[a-z]+|\d+|[^a-zA-Z\d]+/g

/** All names in small letters, words apart by `_`; of letters with marks the letters. */
export const keysToSnakeCase: ComponentType<'transformation'> = {
  type: 'KeysToSnakeCase',
  make: () => ({ transform: (record) => replaceRecord(record, renamed(record)) }),
}

function renamed(object: JsonObject): JsonObject {
  const result: JsonObject = {}
  for (const [key, value] of Object.entries(object)) {
    put(result, snakeCase(key), isJsonObject(value) ? renamed(value) : value)
  }
  return result
}

function snakeCase(key: string): string {
  const plain = key.normalize('NFKD').replace(/\p{M}/gu, '')
  const tokens = (plain.match(TOKEN) ?? []).map((token) => (/^[a-zA-Z\d]/.test(token) ? token : ''))
  const kept =
    tokens.length < 3
      ? tokens
      : tokens.filter((token, at) => token !== '' || at === 0 || at === tokens.length - 1)
  if (/^\d/.test(kept[0] ?? '')) kept.unshift('')
  return kept.map((token) => token.toLowerCase()).join('_')
}
