import type { JsonObject } from '../../api-manifest/json.ts'
import type { Field } from '../../batch/logical-type.ts'
import type { SelectedStream } from '../../singer-catalog/select-stream.ts'
import type { RowsArrival } from '../connector.ts'
import { RecordChunk } from '../records/record-chunk.ts'
import { schemaFields } from '../records/schema-fields.ts'
import { sortedJson } from '../records/sorted-json.ts'
import { formatTapPosition, type TapPosition } from './tap-position.ts'
import { partOfState } from './tap-state.ts'

/** How far a tap has come: its state, and which of its states that is. */
export interface Reached {
  readonly state: JsonObject
  readonly order: number
}

/** The records of one stream out of a tap's output, on their way to whoever reads the stream. */
export class Lane {
  readonly id: string
  readonly position: TapPosition | undefined
  readonly #origin: string
  readonly #read: string
  #schema = ''
  #declared: readonly Field[]
  #chunk: RecordChunk
  #part = 0
  #hasOpen = false
  #last: Reached
  #version: number | undefined

  /** @param read the reading that it is part of */
  constructor(
    { id, stream, schema }: SelectedStream,
    position: TapPosition | undefined,
    reached: Reached,
    read: string,
  ) {
    this.id = id
    this.position = position
    this.#origin = stream
    this.#read = read
    this.#declared = schemaFields(schema)
    this.#chunk = new RecordChunk(this.#declared, position?.found ?? [])
    this.#last = reached
    this.#version = position?.version
  }

  get rows(): number {
    return this.#chunk.rows
  }

  get size(): number {
    return this.#chunk.size
  }

  set version(version: number) {
    this.#version = version
  }

  /** What is to land before records of another schema can be taken. */
  declare(schema: JsonObject): RowsArrival | undefined {
    const text = sortedJson(schema)
    if (text === this.#schema) return undefined
    const before = this.#chunk.rows > 0 ? this.take() : undefined
    this.#schema = text
    this.#declared = schemaFields(schema)
    this.#chunk = new RecordChunk(this.#declared, this.#chunk.found())
    return before
  }

  add(record: JsonObject): void {
    this.#chunk.add(record)
  }

  /** What came up to a state; undefined where nothing came since the last one. */
  close(reached: Reached): RowsArrival | undefined {
    if (!this.#hasOpen && this.#chunk.rows === 0) return undefined
    this.#last = reached
    return this.#arrival(false)
  }

  /** The last of it: without rows where the stream is new and empty, or where its state alone has moved on. */
  finish(reached: Reached): RowsArrival | undefined {
    const last = this.close(reached)
    if (last !== undefined) return last
    const isNew = this.#part === 0 && this.position === undefined && this.#declared.length > 0
    const before = sortedJson(partOfState(this.#last.state, this.id))
    const hasMoved = this.position !== undefined && sortedJson(partOfState(reached.state, this.id)) !== before
    if (!isNew && !hasMoved) return undefined
    this.#last = reached
    return this.#arrival(false)
  }

  /** What came and has no state of its own yet. */
  take(): RowsArrival {
    return this.#arrival(true)
  }

  #arrival(isOpen: boolean): RowsArrival {
    const chunk = this.#chunk
    const found = chunk.found()
    this.#hasOpen = isOpen
    this.#chunk = new RecordChunk(this.#declared, found)
    const position = { read: this.#read, part: this.#part++, ...this.#last, isOpen, found }
    return {
      kind: 'rows',
      fields: chunk.fields(),
      origin: this.#origin,
      position: formatTapPosition({ ...position, version: this.#version }),
      writeTo: (sink) => chunk.writeTo(sink),
    }
  }
}
