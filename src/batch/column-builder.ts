import { BytesBuilder } from './bytes-builder.ts'
import { IntervalBuilder } from './interval-builder.ts'
import type { Field } from './logical-type.ts'
import { NumberBuilder } from './number-builder.ts'
import { WideBuilder } from './wide-builder.ts'
import { WordBuilder } from './word-builder.ts'

/** One per storage; `finish` gives the column, after which the builder is used up. */
export type ColumnBuilder = NumberBuilder | WordBuilder | BytesBuilder | WideBuilder | IntervalBuilder

/** The builder that fits a field's type, with room for `capacity` rows before it has to grow. */
export function createColumnBuilder(field: Field, capacity = 2048): ColumnBuilder {
  const { type } = field
  switch (type.kind) {
    case 'text':
    case 'json':
    case 'uuid':
    case 'bytes':
      return new BytesBuilder(field, capacity)
    case 'int64':
    case 'uint64':
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return new WordBuilder(field, capacity)
    case 'decimal':
      return type.precision <= 18 ? new WordBuilder(field, capacity) : new WideBuilder(field)
    case 'int128':
      return new WideBuilder(field)
    case 'interval':
      return new IntervalBuilder(field)
    default:
      return new NumberBuilder(field, capacity)
  }
}
