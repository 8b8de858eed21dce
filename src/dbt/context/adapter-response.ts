import { AttributeObject } from './attribute-object.ts'

/** What a statement answered, as templates have it: `response.code`, `response.rows_affected`. */
export function adapterResponse(code: string, rows: number): AttributeObject {
  const message = code === '' ? 'OK' : `${code} ${rows}`
  const values: Readonly<Record<string, unknown>> = { _message: message, code, rows_affected: rows }
  return new AdapterResponse(message, values)
}

class AdapterResponse extends AttributeObject {
  readonly #message: string

  constructor(message: string, values: Readonly<Record<string, unknown>>) {
    super('AdapterResponse', {
      attribute: (name) => (Object.hasOwn(values, name) ? values[name] : undefined),
      names: () => Object.keys(values),
      isMapping: true,
    })
    this.#message = message
  }

  override toText(): string {
    return this.#message
  }
}
