import { z } from 'zod'
import { AvroDefect } from './avro-defect.ts'

/** A schema with its names resolved. */
export type AvroType =
  | {
      readonly kind: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string'
      readonly logical?: AvroLogical
    }
  | { readonly kind: 'fixed'; readonly size: number; readonly logical?: AvroLogical }
  | { readonly kind: 'enum'; readonly symbols: readonly string[] }
  | { readonly kind: 'array' | 'map'; readonly items: AvroType }
  | { readonly kind: 'union'; readonly branches: readonly AvroType[] }
  | AvroRecord

export interface AvroRecord {
  readonly kind: 'record'
  /** Filled in after the record is known by its name, so that it can hold itself. */
  readonly fields: { readonly name: string; readonly type: AvroType }[]
}

export interface AvroLogical {
  readonly name: string
  readonly precision: number
  readonly scale: number
}

const PRIMITIVES = ['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string'] as const
type Primitive = (typeof PRIMITIVES)[number]

const annotation = {
  logicalType: z.unknown().optional(),
  precision: z.unknown().optional(),
  scale: z.unknown().optional(),
}
const named = { name: z.string(), namespace: z.string().optional() }
const complex = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['record', 'error']),
    ...named,
    fields: z.array(z.object({ name: z.string(), type: z.unknown() })),
  }),
  z.object({ type: z.literal('enum'), ...named, symbols: z.array(z.string()) }),
  z.object({ type: z.literal('fixed'), ...named, size: z.int().min(0), ...annotation }),
  z.object({ type: z.literal('array'), items: z.unknown() }),
  z.object({ type: z.literal('map'), values: z.unknown() }),
])
const annotated = z.object({ type: z.unknown(), ...annotation })

/** Reads a schema's JSON. Throws AvroDefect when it is not one. */
export function parseAvroSchema(text: string): AvroType {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new AvroDefect('its schema is not JSON')
  }
  return new SchemaReader().read(json, '', 0)
}

class SchemaReader {
  readonly #named = new Map<string, AvroType>()

  read(schema: unknown, space: string, depth: number): AvroType {
    if (depth > 100) throw new AvroDefect('its schema is nested deeper than 100')
    if (typeof schema === 'string') return this.#byName(schema, space)
    if (Array.isArray(schema)) {
      return { kind: 'union', branches: schema.map((branch) => this.read(branch, space, depth + 1)) }
    }
    const outer = annotated.safeParse(schema)
    if (!outer.success) throw new AvroDefect('its schema has something that is no type')
    const { type } = outer.data
    if (typeof type !== 'string') return this.read(type, space, depth + 1)
    if (isPrimitive(type)) {
      const logical = logicalOf(outer.data)
      return logical === undefined ? { kind: type } : { kind: type, logical }
    }
    const found = complex.safeParse(schema)
    if (!found.success) return this.#byName(type, space)
    const node = found.data
    switch (node.type) {
      case 'array':
        return { kind: 'array', items: this.read(node.items, space, depth + 1) }
      case 'map':
        return { kind: 'map', items: this.read(node.values, space, depth + 1) }
      case 'enum':
        return this.#name(node, space, { kind: 'enum', symbols: node.symbols })
      case 'fixed': {
        const logical = logicalOf(node)
        const fixed = { kind: 'fixed', size: node.size } as const
        return this.#name(node, space, logical === undefined ? fixed : { ...fixed, logical })
      }
      default: {
        const record: AvroRecord = { kind: 'record', fields: [] }
        this.#name(node, space, record)
        const inner = spaceOf(node, space)
        for (const { name, type } of node.fields) {
          record.fields.push({ name, type: this.read(type, inner, depth + 1) })
        }
        return record
      }
    }
  }

  #byName(name: string, space: string): AvroType {
    if (isPrimitive(name)) return { kind: name }
    const full = name.includes('.') || space === '' ? name : `${space}.${name}`
    const found = this.#named.get(full) ?? this.#named.get(name)
    if (found === undefined) throw new AvroDefect('its schema names a type that it does not have')
    return found
  }

  #name(node: { name: string; namespace?: string | undefined }, space: string, type: AvroType): AvroType {
    const inner = spaceOf(node, space)
    const last = node.name.slice(node.name.lastIndexOf('.') + 1)
    this.#named.set(inner === '' ? last : `${inner}.${last}`, type)
    return type
  }
}

/** The namespace of a named type: of its full name, its own, or that around it. */
function spaceOf(
  { name, namespace }: { name: string; namespace?: string | undefined },
  space: string,
): string {
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : (namespace ?? space)
}

function isPrimitive(name: string): name is Primitive {
  return PRIMITIVES.some((primitive) => primitive === name)
}

/** An annotation that is not understood counts for nothing, as the specification has it. */
function logicalOf(schema: {
  logicalType?: unknown
  precision?: unknown
  scale?: unknown
}): AvroLogical | undefined {
  const { logicalType, precision, scale } = schema
  if (typeof logicalType !== 'string') return undefined
  const whole = (value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : 0
  return { name: logicalType, precision: whole(precision), scale: whole(scale) }
}
