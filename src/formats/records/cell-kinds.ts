import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { type SaidKind, ValueKind } from '../value-kind.ts'
import type { TypedCell, WellFormed } from './decoded-record.ts'

const SAID: Readonly<Record<TypedCell['kind'], SaidKind>> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  json: 'object',
}

/** The fields of decoded records, in the order in which their names first appear, from every record of a file. */
export class CellKinds {
  readonly #kinds = new Map<string, ValueKind>()

  add({ names, cells }: WellFormed): void {
    for (const [index, name] of names.entries()) {
      const found = this.#kinds.get(name) ?? new ValueKind()
      this.#kinds.set(name, found)
      const cell = cells[index]!
      if (typeof cell === 'string') found.add('untyped', cell)
      else if (cell !== null) found.add(SAID[cell.kind], cell.text)
    }
  }

  fields(declared: Readonly<Record<string, LogicalType>>, mixedAsText = false): Field[] {
    return [...this.#kinds].map(([name, { type }]) => {
      if (Object.hasOwn(declared, name)) return { name, type: declared[name]! }
      return { name, type: mixedAsText && type.kind === 'json' ? { kind: 'text' } : type }
    })
  }
}
