import { isJsonObject, type Json, type JsonObject, member, put } from './json.ts'

export interface ConfigProblem {
  readonly path: readonly (string | number)[]
  /** In words free of the value. */
  readonly message: string
}

export interface CheckedConfig {
  /** With the defaults of the specification filled in. */
  readonly config: JsonObject
  readonly problems: readonly ConfigProblem[]
  /** Paths of values that the specification calls secret. */
  readonly secrets: readonly (readonly (string | number)[])[]
}

/** Holds a config against the JSON schema of a manifest's `spec`. What the schema does not speak of may be there. */
export function checkConfig(config: JsonObject, specification: JsonObject): CheckedConfig {
  const checker = new Checker()
  const checked = checker.object(config, specification, [])
  return { config: checked, problems: checker.problems, secrets: checker.secrets }
}

class Checker {
  readonly problems: ConfigProblem[] = []
  readonly secrets: (readonly (string | number)[])[] = []

  object(value: JsonObject, schema: JsonObject, path: readonly (string | number)[]): JsonObject {
    const chosen = alternative(value, schema)
    const properties = { ...objectOf(schema, 'properties'), ...objectOf(chosen ?? {}, 'properties') }
    if (chosen === undefined && Array.isArray(member(schema, 'oneOf'))) {
      this.#refuse(path, 'is none of the forms it may have')
    }
    const result: JsonObject = { ...value }
    for (const [name, property] of Object.entries(properties)) {
      if (!isJsonObject(property)) continue
      const given = member(value, name)
      const standard = member(property, 'default') ?? member(property, 'const')
      if (given === undefined) {
        if (standard !== undefined) put(result, name, standard)
      } else put(result, name, this.#value(given, property, [...path, name]))
    }
    const required = [member(schema, 'required') ?? [], member(chosen ?? {}, 'required') ?? []].flat()
    for (const name of new Set(required)) {
      if (typeof name === 'string' && (member(result, name) ?? null) === null)
        this.#refuse([...path, name], 'is missing')
    }
    return result
  }

  #value(value: Json, schema: JsonObject, path: readonly (string | number)[]): Json {
    if (member(schema, 'airbyte_secret') === true) this.secrets.push(path)
    const types = [member(schema, 'type') ?? []].flat()
    if (types.length > 0 && !types.some((type) => isOf(value, type))) {
      this.#refuse(path, `must be ${types.map(String).join(' or ')}`)
      return value
    }
    if (isJsonObject(value)) return this.object(value, schema, path)
    if (Array.isArray(value)) {
      const items = member(schema, 'items')
      return isJsonObject(items)
        ? value.map((item, index) => this.#value(item, items, [...path, index]))
        : value
    }
    this.#scalar(value, schema, path)
    return value
  }

  #scalar(value: Json, schema: JsonObject, path: readonly (string | number)[]): void {
    const allowed = member(schema, 'enum')
    if (Array.isArray(allowed) && !allowed.includes(value)) {
      this.#refuse(path, `must be one of ${allowed.map(String).join(', ')}`)
    }
    const pattern = member(schema, 'pattern')
    if (typeof value === 'string' && typeof pattern === 'string' && !matches(pattern, value)) {
      this.#refuse(path, `does not have the form ${pattern}`)
    }
    const [least, most] = [member(schema, 'minimum'), member(schema, 'maximum')]
    if (typeof value !== 'number') return
    if (typeof least === 'number' && value < least) this.#refuse(path, `must be at least ${least}`)
    if (typeof most === 'number' && value > most) this.#refuse(path, `must be at most ${most}`)
  }

  #refuse(path: readonly (string | number)[], message: string): void {
    this.problems.push({ path, message })
  }
}

/** Of `oneOf` the form whose constants the value has. */
function alternative(value: JsonObject, schema: JsonObject): JsonObject | undefined {
  const forms = member(schema, 'oneOf')
  if (!Array.isArray(forms)) return {}
  const fitting = forms.filter(isJsonObject).filter((form) =>
    Object.entries(objectOf(form, 'properties')).every(([name, property]) => {
      const constant = isJsonObject(property) ? constantOf(property) : undefined
      const given = member(value, name)
      return constant === undefined || given === undefined || given === constant
    }),
  )
  const named = fitting.find((form) =>
    Object.entries(objectOf(form, 'properties')).some(
      ([name, property]) =>
        isJsonObject(property) && constantOf(property) !== undefined && member(value, name) !== undefined,
    ),
  )
  const complete = fitting.find((form) =>
    [member(form, 'required') ?? []].flat().every((name) => {
      const property = objectOf(form, 'properties')[String(name)]
      return (
        member(value, String(name)) !== undefined ||
        (isJsonObject(property) && constantOf(property) !== undefined)
      )
    }),
  )
  return named ?? complete ?? fitting[0]
}

function constantOf(property: JsonObject): Json | undefined {
  const allowed = member(property, 'enum')
  return (
    member(property, 'const') ?? (Array.isArray(allowed) && allowed.length === 1 ? allowed[0] : undefined)
  )
}

function objectOf(schema: JsonObject, name: string): JsonObject {
  const value = member(schema, name)
  return isJsonObject(value) ? value : {}
}

function isOf(value: Json, type: Json): boolean {
  switch (type) {
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value)
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint'
    case 'object':
      return isJsonObject(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    default:
      return typeof value === type
  }
}

/** A pattern that is none says nothing. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value)
  } catch {
    return true
  }
}
