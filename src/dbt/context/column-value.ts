import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { reprOf, textOf } from '../../jinja/values/text.ts'
import type { CatalogColumn } from '../adapter/adapter-connection.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'
import type { RelationEngine } from './relation-facts.ts'

const texts = ['text', 'character varying', 'character', 'varchar']
const numerics = ['numeric', 'decimal']
const floats: Readonly<Record<RelationEngine, readonly string[]>> = {
  duckdb: ['real', 'float', 'float4', 'float8', 'double'],
  postgres: ['real', 'float4', 'float', 'double precision', 'float8', 'double'],
}
const integers: Readonly<Record<RelationEngine, readonly string[]>> = {
  duckdb:
    'tinyint smallint integer bigint hugeint utinyint usmallint uinteger ubigint int1 int2 int4 int8 short int signed long'.split(
      ' ',
    ),
  postgres:
    'smallint integer bigint smallserial serial bigserial int2 int4 int8 serial2 serial4 serial8'.split(' '),
}

/** A column as templates have it. */
export class ColumnValue extends HostObject {
  readonly engine: RelationEngine
  readonly column: CatalogColumn

  constructor(engine: RelationEngine, column: CatalogColumn) {
    super()
    this.engine = engine
    this.column = column
  }

  override get typeName(): string {
    return 'Column'
  }

  get isText(): boolean {
    return texts.includes(this.column.dataType.toLowerCase())
  }

  /** How long its texts may be; 256 where nothing says. */
  get textSize(): number {
    return this.column.dataType === 'text' ? 256 : (this.column.characters ?? 256)
  }

  /** The type as DDL has it, with its size. */
  get dataType(): string {
    const { dataType, precision, scale, characters } = this.column
    const lower = dataType.toLowerCase()
    if (this.engine === 'postgres' && (lower === 'text' || (lower === 'character varying' && !characters)))
      return dataType
    if (this.isText) return `character varying(${this.textSize})`
    return numerics.includes(lower) ? numericType(dataType, precision, scale) : dataType
  }

  override getAttribute(name: string): unknown {
    const { column, engine } = this
    const type = column.dataType.toLowerCase()
    const is = (answer: boolean) => hostFunction(name, () => answer)
    switch (name) {
      case 'name':
      case 'column':
        return column.name
      case 'quoted':
        return `"${column.name}"`
      case 'dtype':
        return column.dataType
      case 'data_type':
      case 'expanded_data_type':
        return this.dataType
      case 'char_size':
        return column.characters ?? null
      case 'numeric_precision':
        return column.precision ?? null
      case 'numeric_scale':
        return column.scale ?? null
      case 'is_string':
        return is(this.isText)
      case 'is_numeric':
        return is(numerics.includes(type))
      case 'is_float':
        return is(floats[engine].includes(type))
      case 'is_integer':
        return is(integers[engine].includes(type))
      case 'is_number':
        return is([...numerics, ...floats[engine], ...integers[engine]].includes(type))
      case 'is_struct':
        return is(type.startsWith('struct'))
      case 'string_size':
        return hostFunction(name, () => {
          if (this.isText) return this.textSize
          throw new PythonError('TypeError', 'Called string_size() on non-string field!')
        })
      case 'can_expand_to':
        return hostFunction(name, ([other]) => other instanceof ColumnValue && this.canExpandTo(other))
      case 'literal':
        return hostFunction(name, ([value]) => `${textOf(value)}::${this.dataType}`)
      case 'flatten':
        return hostFunction(name, () => [this])
      default:
        return columnClass(engine)(name)
    }
  }

  canExpandTo(other: ColumnValue): boolean {
    return this.isText && other.isText && other.textSize > this.textSize
  }

  override attributeNames(): Iterable<string> {
    return ['name', 'column', 'quoted', 'dtype', 'data_type', 'is_string', 'is_number', 'string_size']
  }

  override toText(): string {
    const { name, dataType, characters, precision, scale } = this.column
    const written = [name, dataType].map(reprOf)
    const [size, digits, places] = [characters, precision, scale].map((value) => value ?? 'None')
    return `Column(column=${written[0]}, dtype=${written[1]}, char_size=${size}, numeric_precision=${digits}, numeric_scale=${places})`
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof ColumnValue)) return false
    const [a, b] = [this.column, other.column]
    return (
      a.name === b.name &&
      a.dataType === b.dataType &&
      a.characters === b.characters &&
      a.precision === b.precision &&
      a.scale === b.scale
    )
  }
}

/** What `api.Column` can be asked for, and its columns too. */
export function columnClass(engine: RelationEngine): (name: string) => unknown {
  return (name) => {
    switch (name) {
      case 'translate_type':
        return hostFunction(name, ([type]) => translated(textOf(type)))
      case 'create':
        return hostFunction(name, (args, kwargs) => {
          const [column, type] = bindArguments(name, ['name', 'label_or_dtype'], 2, args, kwargs)
          const dataType = translated(textArgument(name, 'label_or_dtype', type))
          return new ColumnValue(engine, { name: textArgument(name, 'name', column), dataType })
        })
      case 'string_type':
        return hostFunction(name, ([size]) => `character varying(${textOf(size)})`)
      case 'numeric_type':
        return hostFunction(name, ([type, precision, scale]) => numericType(textOf(type), precision, scale))
      case 'from_description':
        return hostFunction(name, ([column, type]) => fromDescription(engine, textOf(column), textOf(type)))
      default:
        return undefined
    }
  }
}

/** `api.Column(name, dtype, …)` */
export function makeColumn(engine: RelationEngine, args: readonly unknown[], kwargs: Kwargs): ColumnValue {
  const parameters = ['column', 'dtype', 'char_size', 'numeric_precision', 'numeric_scale']
  const [name, type, characters, precision, scale] = bindArguments('Column', parameters, 2, args, kwargs)
  const whole = (value: unknown) => (typeof value === 'number' ? value : undefined)
  return new ColumnValue(engine, {
    name: textArgument('Column', 'column', name),
    dataType: textArgument('Column', 'dtype', type),
    characters: whole(characters),
    precision: whole(precision),
    scale: whole(scale),
  })
}

function translated(type: string): string {
  return type.toUpperCase() === 'STRING' ? 'TEXT' : type
}

function numericType(type: string, precision: unknown, scale: unknown): string {
  const isGiven = (value: unknown) => value !== undefined && value !== null
  return isGiven(precision) && isGiven(scale) ? `${type}(${textOf(precision)},${textOf(scale)})` : type
}

function fromDescription(engine: RelationEngine, name: string, description: string): ColumnValue {
  const [, dataType = description, size] = /^([^(]+)(?:\(([^)]+)\))?/.exec(description) ?? []
  const parts = size?.split(',').map(Number) ?? []
  if (parts.length === 1) return new ColumnValue(engine, { name, dataType, characters: parts[0] })
  return new ColumnValue(engine, { name, dataType, precision: parts[0], scale: parts[1] })
}
