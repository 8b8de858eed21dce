import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { ValueKind } from '../value-kind.ts'
import { type JsonMember, jsonString } from './json-scanner.ts'

/** The fields of JSON records, in the order in which their keys first appear, from every record of a file. */
export class JsonKinds {
  readonly #kinds = new Map<string, ValueKind>()

  add(text: string, members: readonly JsonMember[]): void {
    for (const { key, kind, start, end } of members) {
      const found = this.#kinds.get(key) ?? new ValueKind()
      this.#kinds.set(key, found)
      if (kind === 'string') found.add(kind, jsonString(text.slice(start, end)))
      else found.add(kind, kind === 'number' ? text.slice(start, end) : '')
    }
  }

  fields(declared: Readonly<Record<string, LogicalType>>): Field[] {
    return [...this.#kinds].map(([name, kind]) => ({
      name,
      type: Object.hasOwn(declared, name) ? declared[name]! : kind.type,
    }))
  }
}
