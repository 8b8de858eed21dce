import { hash } from 'node:crypto'
import { dump } from 'js-yaml'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { jsonText } from '../../jinja/filters/json-text.ts'
import { toHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { hashKey } from '../../jinja/values/hash-key.ts'
import { type HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import { iterate, tryIterate } from '../../jinja/values/iterate.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { PySet } from '../../jinja/values/set.ts'
import { isTrue } from '../../jinja/values/size.ts'
import { textOf } from '../../jinja/values/text.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'

/** dbt's functions that only compute. */
export const pythonFunctions: Readonly<Record<string, unknown>> = {
  fromjson: computed('fromjson', ['string', 'default'], ([text, fallback]) => {
    try {
      return JSON.parse(textArgument('fromjson', 'string', text)) as unknown
    } catch (error) {
      if (error instanceof SyntaxError) return fallback ?? null
      throw error
    }
  }),
  tojson: computed('tojson', ['value', 'default', 'sort_keys'], ([value, fallback, sorted]) => {
    try {
      return jsonText(value, { sortKeys: sorted === true })
    } catch (error) {
      if (error instanceof PythonError) return fallback ?? null
      throw error
    }
  }),
  fromyaml: computed('fromyaml', ['value', 'default'], ([value, fallback]) => {
    try {
      return parseYaml(textArgument('fromyaml', 'value', value), 'fromyaml()', 'python')
    } catch (error) {
      if (error instanceof WaterworksError && error.code !== 'WW2102') return fallback ?? null
      throw error
    }
  }),
  toyaml: computed('toyaml', ['value', 'default', 'sort_keys'], ([value, , sorted]) =>
    dump(toHost(value), { sortKeys: sorted === true, lineWidth: 80, noRefs: true, seqNoIndent: true }),
  ),
  set: computed('set', ['value', 'default'], ([value, fallback]) => {
    const items = tryIterate(value)
    return items ? new PySet(items) : (fallback ?? null)
  }),
  set_strict: computed('set_strict', ['value'], ([value]) => new PySet(iterate(value))),
  zip: hostFunction('zip', (args, { default: fallback = null }) =>
    args.every((list) => tryIterate(list) !== undefined) ? zipped(args) : fallback,
  ),
  zip_strict: hostFunction('zip_strict', zipped),
  local_md5: computed('local_md5', ['value'], ([value]) =>
    hash('md5', textArgument('local_md5', 'value', value), 'hex'),
  ),
  diff_of_two_dicts: computed('diff_of_two_dicts', ['dict_a', 'dict_b'], ([a, b]) => difference(a, b)),
}

function computed(
  name: string,
  parameters: readonly string[],
  run: (values: readonly unknown[]) => unknown,
): HostFunction {
  const required = parameters.filter((parameter) => !['default', 'sort_keys'].includes(parameter)).length
  return hostFunction(name, (args, kwargs) => run(bindArguments(name, parameters, required, args, kwargs)))
}

function zipped(args: readonly unknown[]): PyTuple[] {
  const lists = args.map((list) => [...iterate(list)])
  const length = lists.length === 0 ? 0 : Math.min(...lists.map((list) => list.length))
  return Array.from({ length }, (_, index) => new PyTuple(lists.map((list) => list[index])))
}

/** What the first dict's lists hold beyond the second's; letters' case does not matter. */
function difference(a: unknown, b: unknown): PyDict {
  const [mine, theirs] = [lowered(a), lowered(b)]
  const found = new PyDict()
  for (const [key, values] of mine) {
    const known = new Set((theirs.get(key) ?? []).map(hashKey))
    const rest = values.filter((value) => !known.has(hashKey(value)))
    if (rest.length > 0 || !theirs.has(key)) found.set(key, rest)
  }
  return found
}

function lowered(dict: unknown): Map<string, string[]> {
  if (!(dict instanceof PyDict)) throw new PythonError('TypeError', 'diff_of_two_dicts() needs two dicts')
  return new Map(
    Array.from(dict.entries(), ([key, values]) => [
      textOf(key).toLowerCase(),
      isTrue(values) ? Array.from(iterate(values), (value) => textOf(value).toLowerCase()) : [],
    ]),
  )
}
