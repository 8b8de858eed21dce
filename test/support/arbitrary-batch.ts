import fc from 'fast-check'
import type { Batch } from '../../src/batch/batch.ts'
import { BatchBuilder } from '../../src/batch/batch-builder.ts'
import {
  formatBytes,
  formatDate,
  formatDecimal,
  formatInterval,
  formatTime,
  formatTimestamp,
  formatUuid,
} from '../../src/batch/format-value.ts'
import type { Field, LogicalType } from '../../src/batch/logical-type.ts'
import type { CellValue } from '../../src/batch/value-at.ts'

/** One type of every kind, decimals at the precisions where their storage changes. */
export const everyType: readonly LogicalType[] = [
  { kind: 'boolean' },
  { kind: 'int8' },
  { kind: 'int16' },
  { kind: 'int32' },
  { kind: 'int64' },
  { kind: 'uint8' },
  { kind: 'uint16' },
  { kind: 'uint32' },
  { kind: 'uint64' },
  { kind: 'int128' },
  { kind: 'float32' },
  { kind: 'float64' },
  ...[
    [1, 0],
    [4, 4],
    [9, 2],
    [18, 6],
    [19, 0],
    [38, 10],
    [38, 38],
  ].map(([precision, scale]) => ({ kind: 'decimal', precision: precision!, scale: scale! }) as const),
  { kind: 'text' },
  { kind: 'json' },
  { kind: 'uuid' },
  { kind: 'bytes' },
  { kind: 'date' },
  { kind: 'time' },
  { kind: 'timestamp' },
  { kind: 'timestamptz' },
  { kind: 'interval' },
]

/** Values that engines share: dates within PostgreSQL's and DuckDB's ranges, text without NUL. */
export function arbitraryValue(type: LogicalType): fc.Arbitrary<CellValue> {
  switch (type.kind) {
    case 'boolean':
      return fc.boolean()
    case 'float32':
      return fc.oneof(fc.float(), fc.constantFrom(-0, Infinity, -Infinity, NaN))
    case 'float64':
      return fc.oneof(fc.double(), fc.constantFrom(-0, Infinity, -Infinity, NaN, 5e-324, Number.MAX_VALUE))
    case 'decimal': {
      const limit = 10n ** BigInt(type.precision) - 1n
      return edged(-limit, limit).map((value) => formatDecimal(value, type.scale))
    }
    case 'text':
      return fc.oneof(
        fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replaceAll('\u0000', '')),
        fc.constantFrom(
          '',
          ' ',
          '\\N',
          '\\',
          '"',
          "'",
          '\n',
          '日本語',
          '👩‍👩‍👧',
          'é'.repeat(3000),
          'twelve bytes',
          'thirteen byte',
        ),
      )
    case 'json':
      return fc
        .jsonValue()
        .map((value) => JSON.stringify(value))
        .filter((text) => !text.includes('\\u0000'))
    case 'uuid':
      return fc.uint8Array({ minLength: 16, maxLength: 16 }).map(formatUuid)
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 }).map(formatBytes)
    case 'date':
      return fc.oneof(fc.integer({ min: -2440000, max: 2_000_000_000 / 1000 }).map(formatDate), infinities)
    case 'time':
      return edged(0n, 86_399_999_999n).map(formatTime)
    case 'timestamp':
    case 'timestamptz':
      return fc.oneof(
        edged(-210_866_803_200_000_000n, 9_223_371_000_000_000_000n).map((micros) =>
          formatTimestamp(micros, type.kind === 'timestamptz'),
        ),
        infinities,
      )
    case 'interval':
      return fc
        .tuple(fc.integer(), fc.integer(), edged(-(2n ** 62n), 2n ** 62n))
        .map(([months, days, micros]) => formatInterval(months, days, micros))
    default: {
      const bits = BigInt(/\d+/.exec(type.kind)![0])
      const [low, high] = type.kind.startsWith('u')
        ? [0n, 2n ** bits - 1n]
        : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]
      return edged(low, high).map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value))
    }
  }
}

const infinities = fc.constantFrom('infinity', '-infinity')

function edged(min: bigint, max: bigint): fc.Arbitrary<bigint> {
  return fc.oneof(
    fc.bigInt({ min, max }),
    fc.constantFrom(min, max, ...[-1n, 0n, 1n].filter((n) => n >= min && n <= max)),
  )
}

/** A column of every type, named by position, and rows with nulls among the values. */
export const everyField: readonly Field[] = everyType.map((type, index) => ({
  name: `c${index}_${type.kind}`,
  type,
}))

export const arbitraryRows: fc.Arbitrary<CellValue[][]> = fc.array(
  fc.tuple(...everyType.map((type) => fc.option(arbitraryValue(type), { freq: 6 }))),
  { maxLength: 30 },
)

export function batchOf(fields: readonly Field[], rows: readonly (readonly CellValue[])[]): Batch {
  const builder = new BatchBuilder(fields, 16)
  for (const row of rows) builder.append(row)
  return builder.finish()
}
