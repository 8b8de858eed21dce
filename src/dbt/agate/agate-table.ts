import { invoke } from '../../jinja/methods/invoke.ts'
import { fromHost, toHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import { hashKey } from '../../jinja/values/hash-key.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { iterate } from '../../jinja/values/iterate.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { sorted } from '../../jinja/values/order.ts'
import { Signature } from '../../jinja/values/signature.ts'
import { isTrue } from '../../jinja/values/size.ts'
import { textOf } from '../../jinja/values/text.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'
import { MappedSequence } from './mapped-sequence.ts'
import { printTable } from './print-table.ts'

/** Rows as agate tells them apart by type. */
export type AgateType = 'Integer' | 'Number' | 'Text' | 'Boolean' | 'Date' | 'DateTime'

export interface AgateColumn {
  readonly name: string
  readonly type: AgateType
}

type Method = (table: AgateTable, args: readonly unknown[], kwargs: Kwargs) => unknown

/** A result as templates have it: the part of agate's Table that they use. Nothing changes it. */
export class AgateTable extends HostObject {
  readonly columns: readonly AgateColumn[]
  /** Template values. */
  readonly rows: readonly (readonly unknown[])[]
  /** Where print_table() goes. */
  readonly #print: (text: string) => void

  constructor(
    columns: readonly AgateColumn[],
    rows: readonly (readonly unknown[])[],
    print: (text: string) => void,
  ) {
    super()
    this.columns = columns
    this.rows = rows
    this.#print = print
  }

  override get typeName(): string {
    return 'Table'
  }

  get names(): readonly string[] {
    return this.columns.map((column) => column.name)
  }

  override getAttribute(name: string): unknown {
    switch (name) {
      case 'rows':
        return new MappedSequence('Rows', this.#rowValues())
      case 'columns':
        return new MappedSequence(
          'Columns',
          this.columns.map((_, index) => this.#column(index)),
          this.names,
        )
      case 'column_names':
        return new PyTuple([...this.names])
      case 'column_types':
        return new PyTuple(this.columns.map((column) => new AgateTypeValue(column.type)))
      case 'print_table':
        return hostFunction(name, (args, kwargs) => {
          this.#print(printTable(this, args, kwargs))
          return null
        })
      case 'print_csv':
      case 'print_json':
        return hostFunction(name, () => {
          this.#print(name === 'print_csv' ? this.#csv() : this.#json())
          return null
        })
    }
    if (!Object.hasOwn(methods, name)) return undefined
    return hostFunction(name, (args, kwargs) => methods[name]!(this, args, kwargs))
  }

  override attributeNames(): Iterable<string> {
    return ['rows', 'columns', 'column_names', 'column_types', 'print_table', ...Object.keys(methods)]
  }

  override getItem(key: unknown): unknown {
    return new MappedSequence('Rows', this.#rowValues()).getItem(key)
  }

  override iterate(): Iterable<unknown> {
    return this.#rowValues()
  }

  override size(): number {
    return this.rows.length
  }

  override toText(): string {
    const width = Math.max(0, ...this.names.map((name) => name.length))
    const lines = this.columns.map(({ name, type }) => `| ${name.padEnd(width)} | ${type.padEnd(8)} |`)
    return [`| ${'column'.padEnd(width)} | data_type |`, ...lines].join('\n')
  }

  with(columns: readonly AgateColumn[], rows: readonly (readonly unknown[])[]): AgateTable {
    return new AgateTable(columns, rows, this.#print)
  }

  row(index: number): MappedSequence {
    return new MappedSequence('Row', this.rows[index]!, this.names)
  }

  #rowValues(): MappedSequence[] {
    return this.rows.map((_, index) => this.row(index))
  }

  #column(index: number): MappedSequence {
    const { name, type } = this.columns[index]!
    const values = this.rows.map((row) => row[index])
    const present = values.filter((value) => value !== null)
    const tuple = (items: readonly unknown[]) => hostFunction('values', () => new PyTuple([...items]))
    return new MappedSequence('Column', values, undefined, {
      name,
      index,
      data_type: new AgateTypeValue(type),
      values_distinct: tuple(distinct(values)),
      values_without_nulls: tuple(present),
      values_sorted: hostFunction('values_sorted', () => new PyTuple([...sorted(present, (value) => value)])),
      values_without_nulls_sorted: hostFunction(
        'values',
        () => new PyTuple([...sorted(present, (value) => value)]),
      ),
    })
  }

  #csv(): string {
    const cell = (value: unknown) => {
      const text = value === null ? '' : textOf(value)
      return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
    }
    return [this.names, ...this.rows].map((row) => row.map(cell).join(',')).join('\n')
  }

  #json(): string {
    const plain = (value: unknown) => {
      const given = toHost(value)
      return given instanceof HostObject ? given.toText() : given
    }
    const { names } = this
    return JSON.stringify(
      this.rows.map((row) => Object.fromEntries(row.map((value, at) => [names[at], plain(value)]))),
    )
  }
}

class AgateTypeValue extends HostObject {
  readonly #name: AgateType

  constructor(name: AgateType) {
    super()
    this.#name = name
  }

  override get typeName(): string {
    return this.#name
  }

  override toText(): string {
    return `<agate.data_types.${this.#name.toLowerCase()}.${this.#name} object>`
  }
}

const renameSignature = new Signature('rename', [
  'column_names?',
  'row_names?',
  'slug_columns?',
  'slug_rows?',
])

const methods: Readonly<Record<string, Method>> = {
  rename: (table, args, kwargs) => {
    const [given] = renameSignature.bind(args, kwargs)
    const list = given instanceof PyDict || given === undefined || given === null ? [] : [...iterate(given)]
    const columns = table.columns.map(({ name, type }, index) => {
      const renamed = given instanceof PyDict ? given.get(name) : list[index]
      return { name: renamed === undefined || renamed === null ? name : textOf(renamed), type }
    })
    return table.with(columns, table.rows)
  },
  select: (table, [key]) => picked(table, namesOf(key)),
  exclude: (table, [key]) => {
    const gone = namesOf(key)
    return picked(
      table,
      table.names.filter((name) => !gone.includes(name)),
    )
  },
  where: (table, [test]) =>
    table.with(
      table.columns,
      table.rows.filter((_, index) => isTrue(fromHost(invoke(test, [table.row(index)])))),
    ),
  find: (table, [test]) => {
    const index = table.rows.findIndex((_, at) => isTrue(fromHost(invoke(test, [table.row(at)]))))
    return index < 0 ? null : table.row(index)
  },
  limit: (table, [start = 0, stop = null, step = 1]) => {
    const [from, to] = stop === null ? [0, start] : [start, stop]
    const rows = table.rows.slice(Number(from), to === null ? undefined : Number(to))
    return table.with(
      table.columns,
      rows.filter((_, index) => index % Number(step ?? 1) === 0),
    )
  },
  order_by: (table, [key, reverse]) => {
    const names = key instanceof HostObject ? [] : namesOf(key)
    const keyOf = (index: number): unknown => {
      if (names.length === 0) return fromHost(invoke(key, [table.row(index)]))
      const values = names.map((name) => table.rows[index]![table.names.indexOf(name)])
      return values.length === 1 ? values[0] : new PyTuple(values)
    }
    const indices = table.rows.map((_, index) => index)
    const present = sorted(
      indices.filter((index) => keyOf(index) !== null),
      keyOf,
    )
    const order = [...present, ...indices.filter((index) => keyOf(index) === null)]
    if (reverse === true) order.reverse()
    return table.with(
      table.columns,
      order.map((index) => table.rows[index]!),
    )
  },
  distinct: (table, [key]) => {
    const names = key === undefined || key === null ? table.names : namesOf(key)
    const seen = new Set<unknown>()
    const rows = table.rows.filter((row) => {
      const values = names.map((name) => row[table.names.indexOf(name)])
      const hash = hashKey(new PyTuple(values))
      return seen.has(hash) ? false : Boolean(seen.add(hash))
    })
    return table.with(table.columns, rows)
  },
}

function picked(table: AgateTable, names: readonly string[]): AgateTable {
  const indices = names.map((name) => table.names.indexOf(name)).filter((index) => index >= 0)
  return table.with(
    indices.map((index) => table.columns[index]!),
    table.rows.map((row) => indices.map((index) => row[index])),
  )
}

function namesOf(key: unknown): readonly string[] {
  return typeof key === 'string' ? [key] : Array.from(iterate(key), textOf)
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((value) => [hashKey(value), value])).values()]
}
