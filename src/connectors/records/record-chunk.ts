import { type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import type { Batch, Defect } from '../../batch/batch.ts'
import { BatchBuilder } from '../../batch/batch-builder.ts'
import type { Field } from '../../batch/logical-type.ts'
import type { CellValue } from '../../batch/value-at.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { BatchSink } from '../connector.ts'
import { cellValue } from './cell-value.ts'
import { jsonText } from './sorted-json.ts'
import { ValueKind } from './value-kind.ts'

const ROWS_PER_BATCH = 2048

/**
 * Records on their way to a file: their columns are those that a schema declares or an earlier chunk had, with the types
 * these say where every value has that type, and whatever else the records hold.
 */
export class RecordChunk {
  readonly #known: readonly Field[]
  readonly #declared: ReadonlySet<string>
  readonly #records: JsonObject[] = []
  readonly #kinds = new Map<string, ValueKind>()
  readonly #misfits = new Set<string>()
  readonly #types: ReadonlyMap<string, Field>
  readonly #folded = new Map<string, string>()
  #size = 0

  /**
   * @param declared the fields of the schema
   * @param found fields that no schema tells of and that earlier records had
   * Throws WW4415 where two names differ in their letters' size alone.
   */
  constructor(declared: readonly Field[], found: readonly Field[]) {
    this.#declared = new Set(declared.map(({ name }) => name))
    this.#known = [...declared, ...found.filter(({ name }) => !this.#declared.has(name))]
    this.#types = new Map(this.#known.map((field) => [field.name, field]))
    for (const { name } of this.#known) this.#note(name)
  }

  get rows(): number {
    return this.#records.length
  }

  /** About how many bytes it holds. */
  get size(): number {
    return this.#size
  }

  add(record: JsonObject): void {
    this.#records.push(record)
    for (const [name, value] of Object.entries(record)) {
      const kind = this.#kinds.get(name) ?? this.#newKind(name)
      kind.add(value)
      this.#size += name.length + sizeOf(value)
      const field = this.#types.get(name)
      if (field !== undefined && cellValue(value, field.type) === undefined) this.#misfits.add(name)
    }
  }

  /** The columns, those of the schema first. */
  fields(): readonly Field[] {
    const known = this.#known.map((field) =>
      this.#misfits.has(field.name) ? { name: field.name, type: this.#kinds.get(field.name)!.type } : field,
    )
    const others = [...this.#kinds].flatMap(([name, kind]) =>
      this.#types.has(name) ? [] : [{ name, type: kind.type }],
    )
    return [...known, ...others]
  }

  /** The columns that no schema tells of. */
  found(): readonly Field[] {
    return this.fields().filter(({ name }) => !this.#declared.has(name))
  }

  async writeTo(sink: BatchSink): Promise<void> {
    const fields = this.fields()
    for (let start = 0; start < this.#records.length; start += ROWS_PER_BATCH) {
      await sink.write(batchOf(this.#records.slice(start, start + ROWS_PER_BATCH), fields))
    }
  }

  #newKind(name: string): ValueKind {
    this.#note(name)
    const kind = new ValueKind()
    this.#kinds.set(name, kind)
    return kind
  }

  #note(name: string): void {
    const folded = name.toLowerCase()
    const other = this.#folded.get(folded)
    if (other !== undefined && other !== name) {
      throw new WaterworksError('WW4415', { message: `records have both "${other}" and "${name}"` })
    }
    this.#folded.set(folded, name)
  }
}

function batchOf(records: readonly JsonObject[], fields: readonly Field[]): Batch {
  const builder = new BatchBuilder(fields, records.length)
  const defects: Defect[] = []
  for (const [row, record] of records.entries()) {
    const cells: CellValue[] = []
    for (const { name, type } of fields) {
      const value: Json = member(record, name) ?? null
      const cell = cellValue(value, type)
      if (cell === undefined) {
        defects.push({
          row,
          column: name,
          what: 'a value of another kind',
          text: jsonText(value).toWellFormed(),
        })
      }
      cells.push(cell ?? null)
    }
    builder.append(cells)
  }
  const batch = builder.finish()
  return defects.length === 0 ? batch : { ...batch, defects }
}

function sizeOf(value: Json): number {
  if (typeof value === 'string') return value.length + 16
  if (typeof value !== 'object' || value === null) return 16
  const items = Array.isArray(value) ? value : Object.values(value)
  return items.reduce<number>((sum, item) => sum + sizeOf(item), 32)
}
