import { hash } from 'node:crypto'
import { toHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'

/** The few of dbt's functions that only compute. */
export const pythonFunctions: Readonly<Record<string, unknown>> = {
  fromjson: hostFunction('fromjson', (args, kwargs) => {
    const [text, fallback] = bindArguments('fromjson', ['string', 'default'], 1, args, kwargs)
    try {
      return JSON.parse(textArgument('fromjson', 'string', text)) as unknown
    } catch (error) {
      if (error instanceof SyntaxError) return fallback ?? null
      throw error
    }
  }),
  tojson: hostFunction('tojson', (args, kwargs) => {
    const [value, fallback, sorted] = bindArguments(
      'tojson',
      ['value', 'default', 'sort_keys'],
      1,
      args,
      kwargs,
    )
    return pythonJson(toHost(value), sorted === true) ?? fallback ?? null
  }),
  local_md5: hostFunction('local_md5', (args, kwargs) => {
    const [value] = bindArguments('local_md5', ['value'], 1, args, kwargs)
    return hash('md5', textArgument('local_md5', 'value', value), 'hex')
  }),
  zip: hostFunction('zip', (args) => {
    const lists = args.map((value) => toHost(value)).map((value) => (Array.isArray(value) ? value : []))
    const length = Math.min(...lists.map((list) => list.length))
    return Array.from({ length: Number.isFinite(length) ? length : 0 }, (_, index) =>
      lists.map((list) => list[index]),
    )
  }),
}

/** Python's json.dumps: a space after commas and colons; undefined for what JSON cannot hold. */
function pythonJson(value: unknown, sorted: boolean): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => pythonJson(item, sorted))
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`
  }
  if (typeof value === 'bigint') return String(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Object.getPrototypeOf(value) !== Object.prototype) return undefined
  const entries = Object.entries(value).map(
    ([key, item]) => [JSON.stringify(key), pythonJson(item, sorted)] as const,
  )
  if (sorted) entries.sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.some(([, item]) => item === undefined)) return undefined
  return `{${entries.map(([key, item]) => `${key}: ${item}`).join(', ')}}`
}
