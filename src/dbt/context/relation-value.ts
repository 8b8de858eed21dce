import { toHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { textOf } from '../../jinja/values/text.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import {
  changedPath,
  changedPolicy,
  limitedText,
  partsIn,
  type RelationEngine,
  type RelationFacts,
  relationText,
} from './relation-facts.ts'
import { everyPart, type RelationName, type RelationPolicy, relationParts } from './relation-name.ts'

type Method = (relation: RelationValue, args: readonly unknown[], kwargs: Kwargs) => unknown

const classNames: Readonly<Record<RelationEngine, string>> = {
  duckdb: 'DuckDBRelation',
  postgres: 'PostgresRelation',
}

/** `api.Relation.Table` and its kin, which relations have as well. */
export const relationTypes: Readonly<Record<string, string>> = {
  Table: 'table',
  View: 'view',
  CTE: 'cte',
  MaterializedView: 'materialized_view',
  External: 'external',
  PointerTable: 'pointer_table',
  Function: 'function',
}

/** A relation as templates have it: it prints its full name, and its parts can be asked for. Nothing changes it. */
export class RelationValue extends HostObject {
  readonly facts: RelationFacts

  constructor(facts: RelationFacts) {
    super()
    this.facts = facts
  }

  /** A relation of which no more is known than its name. */
  static of(engine: RelationEngine, path: RelationName, type: string | null = null): RelationValue {
    return new RelationValue({ engine, path, type, quote: everyPart, include: everyPart })
  }

  override get typeName(): string {
    const { engine, informationSchemaView } = this.facts
    return informationSchemaView === undefined ? classNames[engine] : 'InformationSchema'
  }

  override getAttribute(name: string): unknown {
    if (Object.hasOwn(methods, name)) {
      return hostFunction(name, (args, kwargs) => methods[name]!(this, args, kwargs))
    }
    const { facts } = this
    const { path, type } = facts
    switch (name) {
      case 'database':
      case 'schema':
      case 'identifier':
        return path[name]
      case 'name':
      case 'table':
        return path.identifier
      case 'type':
        return type
      case 'is_table':
      case 'is_view':
      case 'is_cte':
      case 'is_materialized_view':
      case 'is_function':
        return type === name.slice('is_'.length)
      case 'is_pointer':
        return type === 'pointer_table'
      case 'can_be_renamed':
      case 'can_be_replaced':
        return facts.engine === 'postgres' && (type === 'table' || type === 'view')
      case 'external':
        return facts.instead ?? null
      case 'path':
        return PyDict.of(relationParts.map((part) => [part, path[part]]))
      case 'quote_policy':
        return PyDict.of(relationParts.map((part) => [part, facts.quote[part]]))
      case 'include_policy':
        return PyDict.of(relationParts.map((part) => [part, facts.include[part]]))
      case 'quote_character':
        return '"'
      case 'limit':
        return facts.limit ?? null
      case 'information_schema_view':
        return facts.informationSchemaView
      default:
        return relationTypes[name]
    }
  }

  override getItem(key: unknown): unknown {
    return typeof key === 'string' ? this.getAttribute(key) : undefined
  }

  override attributeNames(): Iterable<string> {
    return ['database', 'schema', 'identifier', 'name', 'table', 'type', ...Object.keys(methods)]
  }

  /** As dbt's, which packages tell relations from other values by. */
  override isMapping(): boolean {
    return true
  }

  override isTrue(): boolean {
    return true
  }

  override iterate(): Iterable<unknown> {
    return ['path', 'type', 'quote_character', 'include_policy', 'quote_policy']
  }

  override size(): number {
    return 5
  }

  override toText(): string {
    return limitedText(this.facts)
  }

  override toRepr(): string {
    return `<${this.typeName} ${relationText(this.facts)}>`
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof RelationValue)) return false
    const [a, b] = [this.facts, other.facts]
    return (
      a.type === b.type &&
      a.limit === b.limit &&
      a.where === b.where &&
      a.instead === b.instead &&
      relationParts.every(
        (part) =>
          a.path[part] === b.path[part] &&
          a.quote[part] === b.quote[part] &&
          a.include[part] === b.include[part],
      )
    )
  }

  override hashKey(): unknown {
    return `relation ${relationText(this.facts)}`
  }

  with(changes: Partial<RelationFacts>): RelationValue {
    return new RelationValue({ ...this.facts, ...changes })
  }
}

/** `Relation.create(database, schema, identifier, type, …)`; `quoting` is the project's. Throws WW2102. */
export function createRelation(
  engine: RelationEngine,
  quoting: Partial<RelationPolicy>,
  args: readonly unknown[],
  kwargs: Kwargs,
): RelationValue {
  if (args.length > 4) throw wrongCall('Relation.create() takes at most four arguments without a name.')
  const named: Kwargs = { database: args[0], schema: args[1], identifier: args[2], type: args[3], ...kwargs }
  const { database, schema, identifier, type, quote_policy, include_policy, external } = named
  return new RelationValue({
    engine,
    path: changedPath(
      { database: null, schema: null, identifier: null },
      { database: database ?? null, schema: schema ?? null, identifier: identifier ?? null },
    ),
    type: typeof type === 'string' ? type : null,
    quote: changedPolicy({ ...everyPart, ...quoting }, partsIn(quote_policy)),
    include: changedPolicy(everyPart, partsIn(include_policy)),
    instead: typeof external === 'string' ? external : undefined,
  })
}

/** What relations can be asked for. Those that change something give another relation. */
const methods: Readonly<Record<string, Method>> = {
  include: (relation, args, kwargs) =>
    relation.with({ include: changedPolicy(relation.facts.include, boundParts('include', args, kwargs)) }),
  quote: (relation, args, kwargs) =>
    relation.with({ quote: changedPolicy(relation.facts.quote, boundParts('quote', args, kwargs)) }),
  replace_path: (relation, _args, kwargs) =>
    relation.with({ path: changedPath(relation.facts.path, kwargs) }),
  incorporate: (relation, _args, kwargs) => incorporate(relation, kwargs),
  render: ({ facts }) => relationText(facts),
  render_limited: ({ facts }) => limitedText({ ...facts, where: undefined }),
  quoted: (_relation, args, kwargs) => {
    const [name] = bindArguments('quoted', ['identifier'], 1, args, kwargs)
    return `"${textArgument('quoted', 'identifier', name)}"`
  },
  without_identifier: ({ facts }) =>
    new RelationValue({
      ...facts,
      path: { ...facts.path, identifier: null },
      include: { ...facts.include, identifier: false },
    }),
  information_schema: ({ facts }, args, kwargs) => {
    const [view] = bindArguments('information_schema', ['view_name'], 0, args, kwargs)
    return informationSchema(facts, typeof view === 'string' ? view : '')
  },
  information_schema_only: ({ facts }) => informationSchema(facts, ''),
  matches: ({ facts }, args, kwargs) => {
    const searched = boundParts('matches', args, kwargs)
    const given = relationParts.filter((part) => typeof searched[part] === 'string')
    if (given.length === 0) throw wrongCall('matches() needs at least one part of a name.')
    return given.every((part) => facts.path[part] === searched[part])
  },
  add_ephemeral_prefix: (_relation, args, kwargs) => {
    const [name] = bindArguments('add_ephemeral_prefix', ['name'], 1, args, kwargs)
    return `__dbt__cte__${textArgument('add_ephemeral_prefix', 'name', name)}`
  },
  create: ({ facts }, args, kwargs) => createRelation(facts.engine, {}, args, kwargs),
  get: (relation, args, kwargs) => {
    const [key, fallback] = bindArguments('get', ['key', 'default'], 1, args, kwargs)
    const name = textArgument('get', 'key', key)
    if (name === 'metadata') return PyDict.of([['type', relation.typeName]])
    return relation.getAttribute(name) ?? fallback ?? null
  },
  get_function_config: (_relation, [model]) => functionConfig(model),
  get_function_macro_name: (_relation, [config]) => {
    const part = (name: string) => (config instanceof PyDict ? textOf(config.get(name) ?? '') : '')
    return `${part('type')}_function_${part('language')}`
  },
  relation_max_name_length: () => 63,
}

/** What of a node says which macro makes its function; None of what is no function. */
function functionConfig(model: unknown): PyDict | null {
  const node = toHost(model)
  if (!isMapping(node) || node['resource_type'] !== 'function') return null
  const config = isMapping(node['config']) ? node['config'] : {}
  const { type = '', runtime_version = null, entry_point = null } = config
  return PyDict.of(Object.entries({ language: node['language'] ?? '', type, runtime_version, entry_point }))
}

function boundParts(name: string, args: readonly unknown[], kwargs: Kwargs) {
  const [database, schema, identifier] = bindArguments(name, relationParts, 0, args, kwargs)
  return { database, schema, identifier }
}

function incorporate({ facts }: RelationValue, kwargs: Kwargs): RelationValue {
  const { path, type, quote_policy, include_policy, limit } = kwargs
  return new RelationValue({
    ...facts,
    path: changedPath(facts.path, partsIn(path)),
    type: type === undefined ? facts.type : typeof type === 'string' ? type : null,
    quote: changedPolicy(facts.quote, partsIn(quote_policy)),
    include: changedPolicy(facts.include, partsIn(include_policy)),
    limit: typeof limit === 'number' ? limit : facts.limit,
  })
}

/** `"database".INFORMATION_SCHEMA.view`. */
function informationSchema(facts: RelationFacts, view: string): RelationValue {
  const { engine, path, include, quote } = facts
  return new RelationValue({
    engine,
    path: { database: path.database, schema: null, identifier: 'INFORMATION_SCHEMA' },
    type: 'view',
    include: { ...include, database: path.database !== null, schema: false, identifier: true },
    quote: { ...quote, identifier: false },
    informationSchemaView: view,
  })
}
