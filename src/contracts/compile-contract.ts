import type { Relation } from '../engines/relation.ts'
import type { CheckRule, SchemaColumn } from '../quality/check.ts'
import { checkName } from '../quality/check-name.ts'
import { compileOptions } from './compile-options.ts'
import { compileQuality } from './compile-quality.ts'
import type { QueryScope } from './confine-query.ts'
import {
  type Contract,
  type ContractObject,
  type ContractProperty,
  type ContractRelationship,
  columnOf,
  primaryKeyOf,
} from './contract.ts'
import type { ContractCheck, Unchecked } from './contract-check.ts'
import type { ContractDialect } from './contract-dialect.ts'
import type { ContractOrigin } from './contract-origin.ts'
import { hoursOf } from './hours-of.ts'
import { parsePhysicalType } from './physical-type.ts'
import { referenceOf } from './reference-of.ts'
import { severityOf } from './severity-of.ts'

/** A dataset that an object of a contract is bound to. */
export interface BoundObject {
  readonly object: ContractObject
  /** The unique id of the node. */
  readonly dataset: string
  readonly relation: Relation
}

export interface CompiledContract {
  /** The checks of each dataset, by its unique id. */
  readonly checks: ReadonlyMap<string, readonly ContractCheck[]>
  readonly unchecked: readonly Unchecked[]
}

/** How far a contract binds: those that are being written warn, those that are over say nothing. */
const STATUSES: Readonly<Record<string, 'warns' | 'is over'>> = {
  draft: 'warns',
  proposed: 'warns',
  'in development': 'warns',
  retired: 'is over',
}

/**
 * What a contract demands of the datasets that its objects are bound to: columns and types, values that must be there, keys, references,
 * quality rules, freshness and retention, as checks. What cannot be checked is told.
 */
export function compileContract(
  contract: Contract,
  bound: readonly BoundObject[],
  dialect: ContractDialect,
): CompiledContract {
  const standing = STATUSES[contract.status.toLowerCase()]
  if (standing === 'is over') return { checks: new Map(), unchecked: [] }
  const compiler = new ContractCompiler(contract, bound, dialect, standing === 'warns')
  return compiler.compile()
}

interface Extras {
  readonly column?: string | undefined
  readonly description?: string
  readonly severity?: string | undefined
  readonly name?: string | undefined
  readonly others?: readonly string[]
}

class ContractCompiler {
  readonly #contract: Contract
  readonly #bound: readonly BoundObject[]
  readonly #dialect: ContractDialect
  readonly #onlyWarns: boolean
  readonly #names = new Set<string>()
  readonly #unchecked: Unchecked[] = []
  readonly #checks = new Map<string, ContractCheck[]>()
  readonly #relations: ReadonlyMap<string, Relation>

  constructor(
    contract: Contract,
    bound: readonly BoundObject[],
    dialect: ContractDialect,
    onlyWarns: boolean,
  ) {
    this.#contract = contract
    this.#bound = bound
    this.#dialect = dialect
    this.#onlyWarns = onlyWarns
    this.#relations = new Map(bound.map(({ object, relation }) => [object.name.toLowerCase(), relation]))
  }

  compile(): CompiledContract {
    for (const each of this.#bound) this.#object(each)
    this.#serviceLevels()
    return { checks: this.#checks, unchecked: this.#unchecked }
  }

  #object(bound: BoundObject): void {
    const { object } = bound
    this.#columns(bound)
    const key = primaryKeyOf(object)
    for (const property of object.properties) this.#property(property, bound, key)
    if (key.length > 0) {
      const [first] = key
      this.#add(bound, { rule: 'unique', columns: key.map(columnOf) }, first!.origin, {
        description: 'the primary key',
      })
    }
    for (const relationship of object.relationships) this.#relationship(relationship, bound)
    this.#quality(object.quality, bound, undefined)
  }

  /** The columns must be there, of their types. Others may stand beside them: consumers do not know of them. */
  #columns(bound: BoundObject): void {
    const { object } = bound
    const columns = object.properties.map((property): SchemaColumn => {
      const types = this.#typesOf(property)
      return { name: columnOf(property), ...(types.length === 0 ? {} : { types }) }
    })
    if (columns.length === 0) return
    this.#add(bound, { rule: 'schema', columns }, object.origin, {
      description: 'its columns and their types',
    })
  }

  #typesOf({ physicalType, logicalType, options }: ContractProperty): readonly string[] {
    const physical = physicalType === undefined ? undefined : parsePhysicalType(physicalType)
    if (physical !== undefined) return [this.#dialect.typeName(physical)]
    if (logicalType === undefined) return []
    if (logicalType === 'timestamp' && options.timezone === true)
      return [this.#dialect.typeName({ kind: 'timestamptz' })]
    return [logicalType]
  }

  #property(property: ContractProperty, bound: BoundObject, key: readonly ContractProperty[]): void {
    const column = columnOf(property)
    const { origin } = property
    if (property.required || property.primaryKey)
      this.#add(bound, { rule: 'not_null', column }, origin, { column })
    const isKey = key.length === 1 && key[0] === property
    if (property.unique && !isKey) this.#add(bound, { rule: 'unique', columns: [column] }, origin, { column })
    const { rules, left } = compileOptions(property, this.#dialect)
    for (const rule of rules) this.#add(bound, rule, origin, { column })
    const at = (key: string): ContractOrigin => ({ file: origin.file, path: [...origin.path, key] })
    if (left.length > 0) {
      this.#unchecked.push({
        message: `${left.join(', ')} of the property "${property.name}" ${left.length === 1 ? 'is' : 'are'} not checked yet`,
        origin: at('logicalTypeOptions'),
      })
    }
    this.#quality(property.quality, bound, property)
  }

  #quality(
    rules: ContractObject['quality'],
    bound: BoundObject,
    property: ContractProperty | undefined,
  ): void {
    const { object } = bound
    const scope: QueryScope = {
      dialect: this.#dialect,
      relations: this.#relations,
      object: object.name.toLowerCase(),
      property: property && columnOf(property),
    }
    const columnNamed = (name: string) => {
      const found = object.properties.find((each) => each.name === name || each.id === name)
      return found && columnOf(found)
    }
    for (const quality of rules) {
      const compiled = compileQuality(quality, scope, columnNamed)
      const { name, severity, description, origin } = quality
      if ('problem' in compiled) {
        const { problem, isError = false } = compiled
        this.#unchecked.push({
          message: `the rule ${name === undefined ? '' : `"${name}" `}${problem}`,
          origin,
          isError,
        })
        continue
      }
      const column = property && columnOf(property)
      for (const rule of compiled) this.#add(bound, rule, origin, { column, description, severity, name })
    }
  }

  #relationship({ from, to, origin }: ContractRelationship, bound: BoundObject): void {
    const targets = to.map((each) => referenceOf(each, this.#contract))
    const [first] = targets
    const unknown = to.find((_each, index) => targets[index] === undefined)
    const other = this.#bound.find(({ object }) => object === first?.object)
    if (unknown !== undefined || first === undefined || other === undefined) {
      this.#unchecked.push({
        message: `the reference to ${(unknown ?? to[0] ?? '').slice(0, 80)} leads to no dataset of the contract, and is not checked`,
        hint: 'Add the object that it names to "schema".',
        origin,
      })
      return
    }
    const others = other.dataset === bound.dataset ? [] : [other.dataset]
    const own = from.map((name) => {
      const property = bound.object.properties.find((each) => each.name === name)
      return property ? columnOf(property) : name
    })
    const theirs = targets.flatMap((target) => (target ? [columnOf(target.property)] : []))
    const [column = '', ...more] = own
    const [field = '', ...fields] = theirs
    if (more.length !== fields.length) {
      const message = `the reference has ${own.length} columns on one side and ${theirs.length} on the other`
      this.#unchecked.push({ message, origin, isError: true })
      return
    }
    const rule: CheckRule =
      more.length === 0
        ? { rule: 'relationships', column, to: other.relation, field }
        : { rule: 'sql', sql: this.#orphans(bound, own, other, theirs) }
    const name = more.length === 0 ? undefined : `relationships_${own.join('_')}`
    this.#add(bound, rule, origin, { column, others, name })
  }

  #orphans(
    child: BoundObject,
    own: readonly string[],
    parent: BoundObject,
    theirs: readonly string[],
  ): string {
    const { identifier, relation } = this.#dialect
    const given = own.map((column) => `child.${identifier(column)} is not null`)
    const equal = own.map(
      (column, index) => `child.${identifier(column)} = parent.${identifier(theirs[index]!)}`,
    )
    const found = `select 1 from ${relation(parent.relation)} as parent where ${equal.join(' and ')}`
    return `select child.* from ${relation(child.relation)} as child\nwhere ${given.join(' and ')} and not exists (${found})`
  }

  #serviceLevels(): void {
    for (const level of this.#contract.sla) {
      const kind = KINDS[level.property.toLowerCase()]
      if (kind === undefined) continue
      const hours = hoursOf(level)
      const measured = level.element === undefined ? undefined : this.#measured(level.element)
      if (hours === undefined || measured === undefined) {
        this.#unchecked.push({
          message:
            hours === undefined
              ? `${level.property} is no time that can be measured, and is not checked`
              : `${level.property} says by no column of the contract what it is measured by, and is not checked`,
          hint:
            hours === undefined
              ? 'Give a number, and h, d or y as its unit.'
              : 'Give "element", as orders.loaded_at.',
          origin: level.origin,
        })
        continue
      }
      const { bound, column } = measured
      if (kind === 'freshness') {
        this.#add(bound, { rule: 'recency', column, hours }, level.origin, {
          column,
          severity: 'P1',
          description: level.property,
        })
      } else {
        const expression = `${this.#dialect.identifier(column)} >= ${this.#dialect.hoursAgo(hours)}`
        const name = `retention_${column}`
        this.#add(bound, { rule: 'expression', expression }, level.origin, {
          column,
          name,
          description: level.property,
        })
      }
    }
  }

  /** The column that `object.property`, or a property of the only object, names. */
  #measured(element: string): { readonly bound: BoundObject; readonly column: string } | undefined {
    const [last = '', object] = element.split('.').toReversed()
    const bound =
      object === undefined && this.#bound.length === 1
        ? this.#bound[0]
        : this.#bound.find((each) => each.object.name === object)
    const property = bound?.object.properties.find(
      ({ name, physicalName }) => name === last || physicalName === last,
    )
    return bound && property && { bound, column: columnOf(property) }
  }

  #add({ dataset, object }: BoundObject, rule: CheckRule, origin: ContractOrigin, extras: Extras): void {
    const { severity, priority } = severityOf(extras.severity)
    const about = this.#bound.length > 1 ? `${object.name}_` : ''
    const name = this.#freeName(
      `contract_${slug(this.#contract.name)}_${slug(about + (extras.name ?? checkName(rule)))}`,
    )
    const check = {
      name,
      rule,
      severity: this.#onlyWarns ? ('warn' as const) : severity,
      ...(priority === undefined ? {} : { priority }),
    }
    const { column, others = [], description = '' } = extras
    const list = this.#checks.get(dataset) ?? []
    list.push({ check, column, others, description, origin })
    this.#checks.set(dataset, list)
  }

  #freeName(wanted: string): string {
    let name = wanted
    for (let count = 2; this.#names.has(name); count++) name = `${wanted}_${count}`
    this.#names.add(name)
    return name
  }
}

/** Service levels that say how old data may be; the standard's short names among them. */
const KINDS: Readonly<Record<string, 'freshness' | 'retention'>> = {
  latency: 'freshness',
  ly: 'freshness',
  freshness: 'freshness',
  retention: 'retention',
  re: 'retention',
}

function slug(text: string): string {
  return (text.match(/[\p{L}\p{N}]+/gu) ?? []).join('_').slice(0, 80)
}
