import { isJsonObject, type Json, type JsonObject, toJson } from '../../../api-manifest/json.ts'
import { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import type { Location } from '../../../errors/location.ts'
import { toHost } from '../../../jinja/values/convert.ts'
import { PyDict } from '../../../jinja/values/dict.ts'
import { PyFloat } from '../../../jinja/values/float.ts'
import { PySet } from '../../../jinja/values/set.ts'
import { isTrue } from '../../../jinja/values/size.ts'
import { textOf } from '../../../jinja/values/text.ts'
import { PyTuple } from '../../../jinja/values/tuple.ts'
import type { Interpolation, LiteralTest, Scope } from './interpolation.ts'

/** What an expression belongs to: how it is rendered, with which parameters, and where it stands. */
export interface Surroundings {
  readonly interpolation: Interpolation
  readonly parameters: JsonObject
  readonly location: Location
}

/** A field of a manifest that may be a template. */
export class Expression {
  readonly source: string
  readonly #around: Surroundings
  readonly #fallback: string | null

  /** @param fallback rendered when the result is empty: the template itself unless given */
  constructor(source: string, around: Surroundings, fallback: string | null = source) {
    this.source = source
    this.#around = around
    this.#fallback = fallback
  }

  /** The result as a value of Python. */
  value(scope: Scope = {}, accepts?: LiteralTest): unknown {
    const { interpolation, parameters, location } = this.#around
    return interpolation.evaluate(this.source, scope, {
      parameters,
      location,
      fallback: this.#fallback,
      accepts,
    })
  }

  /** The result as Python prints it. */
  text(scope: Scope = {}): string {
    return textOf(this.value(scope))
  }

  json(scope: Scope = {}, accepts?: LiteralTest): Json {
    return jsonOf(this.value(scope, accepts))
  }
}

/** A field that says yes or no: false for what Python's empty values print as. */
export class Condition {
  readonly #expression: Expression | boolean

  constructor(source: string | boolean, around: Surroundings) {
    this.#expression = typeof source === 'boolean' ? source : new Expression(source, around, 'False')
  }

  isMet(scope: Scope = {}): boolean {
    if (typeof this.#expression === 'boolean') return this.#expression
    const value = this.#expression.value(scope)
    if (typeof value === 'string') return !/^(?:False|false|\{\}|\[\]|\(\)|0|0\.0|)$/.test(value)
    return isTrue(value)
  }
}

/** A value whose texts may be templates, wherever they stand in it. */
export function evaluateNested(value: Json, around: Surroundings, scope: Scope): Json {
  if (typeof value === 'string') return new Expression(value, around, null).json(scope)
  if (Array.isArray(value)) return value.map((item) => evaluateNested(item, around, scope))
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [
    textOf(new Expression(key, around, null).value(scope)),
    evaluateNested(item, around, scope),
  ])
  return Object.fromEntries(entries.filter(([, item]) => item !== null))
}

/** A value of Python as JSON: a float stays the number it is, sets and tuples are arrays, times their text. */
export function jsonOf(value: unknown): Json {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  if (typeof value === 'boolean' || typeof value === 'bigint') return value
  if (value instanceof PyFloat) return value.value
  if (Array.isArray(value)) return value.map(jsonOf)
  if (value instanceof PyTuple) return value.items.map(jsonOf)
  if (value instanceof PySet) return Array.from(value, jsonOf)
  if (value instanceof DatetimeValue) return value.isoText('T')
  if (value instanceof PyDict) {
    return Object.fromEntries(Array.from(value.entries(), ([key, item]) => [textOf(key), jsonOf(item)]))
  }
  return toJson(toHost(value))
}
