import { hash } from 'node:crypto'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { toHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { textOf } from '../../jinja/values/text.ts'
import { AttributeObject } from './attribute-object.ts'

const known = ['columns', 'unique', 'type']

/**
 * What `adapter.parse_index` makes of an entry of `indexes`: `columns`, `unique`, `type`, and `render(relation)`, a name that is
 * new each time, so that an index can be made before the one it replaces is gone. Throws WW1212.
 */
export function indexValue(given: unknown, now: () => number): AttributeObject | null {
  const index = toHost(given)
  if (index === null || index === undefined) return null
  if (typeof index !== 'object' || !('columns' in index) || !Array.isArray(index.columns)) {
    throw new WaterworksError('WW1212', {
      message: 'An index is a mapping with a list of columns.',
      hint: "Write indexes: [{columns: ['id'], unique: true}].",
    })
  }
  const unknown = Object.keys(index).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    const near = suggest(unknown, known)
    throw new WaterworksError('WW1212', {
      message: `An index has no "${unknown}".`,
      hint: near === undefined ? `It has ${known.join(', ')}.` : `Did you mean "${near}"?`,
    })
  }
  const columns = index.columns.map(String)
  const unique = 'unique' in index && index.unique === true
  const type = 'type' in index && index.type !== null ? String(index.type) : null
  const values: Readonly<Record<string, unknown>> = {
    columns,
    unique,
    type,
    render: hostFunction('render', ([relation]) =>
      hash('md5', [...columns, textOf(relation), unique, type, now()].join('_'), 'hex'),
    ),
  }
  return new AttributeObject('IndexConfig', {
    attribute: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
    names: () => Object.keys(values),
    isMapping: true,
  })
}
