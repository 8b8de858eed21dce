/** A table that an operation looks up, as it is named in a pipeline file. */
export type LookupReference =
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'source'; readonly source: string; readonly table: string }
  | { readonly kind: 'table'; readonly schema: string; readonly name: string }

const NAME = `['"]([^'"]+)['"]`
const REF = new RegExp(String.raw`^ref\(\s*${NAME}\s*\)$`)
const SOURCE = new RegExp(String.raw`^source\(\s*${NAME}\s*,\s*${NAME}\s*\)$`)

/** What `ref('name')`, `source('source', 'table')` or `schema.table` names; undefined for any other text. */
export function parseLookupReference(text: string): LookupReference | undefined {
  const [, ref] = REF.exec(text.trim()) ?? []
  if (ref !== undefined) return { kind: 'ref', name: ref }
  const [, source, table] = SOURCE.exec(text.trim()) ?? []
  if (source !== undefined && table !== undefined) return { kind: 'source', source, table }
  const [schema, name, ...more] = text.trim().split('.')
  if (schema === undefined || name === undefined || more.length > 0 || /[\s()'"]/.test(text.trim()))
    return undefined
  return { kind: 'table', schema, name }
}
