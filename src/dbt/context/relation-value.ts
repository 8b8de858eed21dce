import type { Relation } from '../../engines/relation.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { QueryDialect } from '../check-query.ts'
import { bindArguments } from './bind-arguments.ts'

/** A relation as templates have it: it prints its full name, and its parts can be asked for. */
export class RelationValue extends HostObject {
  readonly #relation: Relation
  readonly #dialect: QueryDialect
  readonly #database: string
  /** An ephemeral model's CTE, which is what stands in the query then. */
  readonly #cte: string | undefined

  constructor(relation: Relation, dialect: QueryDialect, database: string, cte?: string) {
    super()
    this.#relation = relation
    this.#dialect = dialect
    this.#database = database
    this.#cte = cte
  }

  override get typeName(): string {
    return 'Relation'
  }

  override getAttribute(name: string): unknown {
    const { schema, name: identifier } = this.#relation
    switch (name) {
      case 'schema':
        return schema ?? null
      case 'database':
        return this.#database
      case 'identifier':
      case 'name':
      case 'table':
        return this.#cte ?? identifier
      case 'is_cte':
        return this.#cte !== undefined
      case 'render':
        return hostFunction('render', () => this.toText())
      case 'include':
        return hostFunction('include', (args, kwargs) => this.#include(args, kwargs))
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['schema', 'database', 'identifier', 'name', 'table', 'is_cte', 'render', 'include']
  }

  override toText(): string {
    return this.#cte ?? this.#dialect.relation(this.#relation)
  }

  override equals(other: unknown): boolean {
    return other instanceof RelationValue && other.toText() === this.toText()
  }

  override hashKey(): unknown {
    return this.toText()
  }

  #include(args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>): RelationValue {
    const [, schema, identifier] = bindArguments(
      'include',
      ['database', 'schema', 'identifier'],
      0,
      args,
      kwargs,
    )
    if (identifier === false || schema !== false) return this
    return new RelationValue({ name: this.#relation.name }, this.#dialect, this.#database, this.#cte)
  }
}
