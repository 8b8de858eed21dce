import { hostFunction } from '../../jinja/values/host-function.ts'
import { iterate } from '../../jinja/values/iterate.ts'
import { AttributeObject } from './attribute-object.ts'
import { columnClass, makeColumn } from './column-value.ts'
import type { ContextScope } from './context-names.ts'
import { createRelation, relationTypes } from './relation-value.ts'

/** `api`: the classes Relation and Column. */
export function apiValue({ settings }: ContextScope): Readonly<Record<string, unknown>> {
  const engine = settings.target.type
  const relation = (name: string): unknown => {
    switch (name) {
      case 'create':
        return hostFunction(name, (args, kwargs) =>
          createRelation(engine, settings.quoting ?? {}, args, kwargs),
        )
      case 'scd_args':
        return hostFunction(name, ([key, updatedAt]) => [
          ...(typeof key === 'string' ? [key] : iterate(key)),
          updatedAt,
        ])
      case 'add_ephemeral_prefix':
        return hostFunction(name, ([cte]) => `__dbt__cte__${String(cte)}`)
      default:
        return relationTypes[name]
    }
  }
  return {
    Relation: new AttributeObject('Relation', {
      attribute: relation,
      names: () => ['create', ...Object.keys(relationTypes)],
      call: (args, kwargs) => createRelation(engine, settings.quoting ?? {}, args, kwargs),
    }),
    Column: new AttributeObject('Column', {
      attribute: columnClass(engine),
      names: () => ['create', 'translate_type', 'numeric_type', 'string_type'],
      call: (args, kwargs) => makeColumn(engine, args, kwargs),
    }),
  }
}
