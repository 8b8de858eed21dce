import { isJsonObject, type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import type { Origins } from '../../api-manifest/origins.ts'
import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { Condition, Expression, type Surroundings } from './interpolation/expression.ts'
import type { Interpolation } from './interpolation/interpolation.ts'

/** What all components of a manifest are read with. */
export interface DefinitionContext {
  readonly interpolation: Interpolation
  readonly origins: Origins
}

/** One component as the manifest has it: its fields, read with a word on what is wrong with them (WW4403). */
export class Definition implements Surroundings {
  readonly #data: JsonObject
  readonly #context: DefinitionContext

  constructor(data: JsonObject, context: DefinitionContext) {
    this.#data = data
    this.#context = context
  }

  get data(): JsonObject {
    return this.#data
  }

  get type(): string {
    const type = member(this.#data, 'type')
    return typeof type === 'string' ? type : ''
  }

  get interpolation(): Interpolation {
    return this.#context.interpolation
  }

  get parameters(): JsonObject {
    const given = member(this.#data, '$parameters')
    return isJsonObject(given) ? given : {}
  }

  get location(): Location {
    return this.#context.origins.of(this.#data)
  }

  /** A field as it is; null counts as absent. */
  get(field: string): Json | undefined {
    return member(this.#data, field) ?? undefined
  }

  has(field: string): boolean {
    return this.get(field) !== undefined
  }

  text(field: string): string {
    return this.optionalText(field) ?? this.#lack(field)
  }

  optionalText(field: string): string | undefined {
    const value = this.get(field)
    if (value === undefined) return undefined
    if (typeof value === 'object') throw this.problem(`"${field}" must be a text`)
    return typeof value === 'boolean' ? (value ? 'True' : 'False') : String(value)
  }

  expression(field: string): Expression {
    return new Expression(this.text(field), this)
  }

  /** Undefined for a field that is absent or empty. */
  optionalExpression(field: string): Expression | undefined {
    const text = this.optionalText(field)
    return text === undefined || text === '' ? undefined : new Expression(text, this)
  }

  /** A path or a list of fields, each of which may be a template. */
  expressions(field: string): readonly Expression[] {
    const value = this.get(field) ?? []
    const items = Array.isArray(value) ? value : [value]
    return items.map((item) => {
      if (typeof item === 'object') throw this.problem(`"${field}" must be a list of texts`)
      return new Expression(String(item), this)
    })
  }

  texts(field: string): readonly string[] {
    return this.expressions(field).map(({ source }) => source)
  }

  /** False unless given. */
  boolean(field: string): boolean {
    const value = this.get(field) ?? false
    if (typeof value !== 'boolean') throw this.problem(`"${field}" must be true or false`)
    return value
  }

  optionalNumber(field: string): number | undefined {
    const value = this.get(field)
    if (value === undefined) return undefined
    const number = typeof value === 'string' ? this.expression(field).json() : value
    if (typeof number !== 'number') throw this.problem(`"${field}" must be a number`)
    return number
  }

  /** A whole number that may be written as a template; undefined when absent. */
  integer(field: string): number | undefined {
    const value = this.optionalNumber(field)
    if (value !== undefined && !Number.isInteger(value))
      throw this.problem(`"${field}" must be a whole number`)
    return value
  }

  condition(field: string): Condition | undefined {
    const value = this.get(field)
    if (typeof value === 'boolean') return new Condition(value, this)
    const text = this.optionalText(field)
    return text === undefined || text === '' ? undefined : new Condition(text, this)
  }

  object(field: string): JsonObject | undefined {
    const value = this.get(field)
    if (value === undefined) return undefined
    if (!isJsonObject(value)) throw this.problem(`"${field}" must be a mapping`)
    return value
  }

  child(field: string): Definition {
    return this.optionalChild(field) ?? this.#lack(field)
  }

  optionalChild(field: string): Definition | undefined {
    const value = this.object(field)
    return value === undefined ? undefined : this.at(value)
  }

  /** Components in a list; a single one is taken for a list of one. */
  children(field: string): readonly Definition[] {
    const value = this.get(field) ?? []
    const items = Array.isArray(value) ? value : [value]
    return items.map((item) => {
      if (!isJsonObject(item)) throw this.problem(`"${field}" must be a list of components`)
      return this.at(item)
    })
  }

  /** Another mapping of the same manifest as a component. */
  at(data: JsonObject): Definition {
    return new Definition(data, this.#context)
  }

  problem(message: string): WaterworksError {
    const named = this.type === '' ? message : `${this.type}: ${message}`
    return new WaterworksError('WW4403', { message: named, location: this.location })
  }

  /** Says that there is no component of this type for this purpose. */
  missing(role: string): WaterworksError {
    const { type, location } = this
    const custom = this.get('class_name')
    if (custom !== undefined) {
      return new WaterworksError('WW4406', {
        message: `the ${role} ${String(custom)} is a class of Python`,
        location,
      })
    }
    return new WaterworksError('WW4404', {
      message: type === '' ? `a ${role} does not say its type` : `there is no ${role} of type ${type}`,
      location,
    })
  }

  /** Says that a server wants a longer pause than the manifest has patience for. */
  tooLong(seconds: number, most: number): WaterworksError {
    const message = `the server asks for a pause of ${Math.ceil(seconds)} s, and the manifest allows ${most} s`
    return new WaterworksError('WW4412', { message, location: this.location })
  }

  #lack(field: string): never {
    throw this.problem(`it lacks "${field}"`)
  }
}
