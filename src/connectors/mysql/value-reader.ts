import { isUtf8 } from 'node:buffer'
import { BytesBuilder } from '../../batch/bytes-builder.ts'
import { daysFromCivil } from '../../batch/civil-date.ts'
import type { ColumnBuilder } from '../../batch/column-builder.ts'
import { IntervalBuilder } from '../../batch/interval-builder.ts'
import { Misfit } from '../../batch/misfit.ts'
import { NumberBuilder } from '../../batch/number-builder.ts'
import { parseUuid } from '../../batch/parse-value.ts'
import { WordBuilder } from '../../batch/word-builder.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { appendWhole } from './append-whole.ts'
import { decimalReader } from './decimal-reader.ts'

/** Reads the text of a value into its column. Throws a Misfit where the column cannot hold it. */
export type ValueReader = (text: Buffer) => void

const WORD = 2 ** 32
const DAY_SECONDS = 86_400

/** The reader of the texts of the server's text protocol for a column. */
export function valueReader(builder: ColumnBuilder): ValueReader {
  if (builder instanceof BytesBuilder) return bytesReader(builder)
  if (builder instanceof NumberBuilder) return numberReader(builder)
  if (builder instanceof IntervalBuilder) {
    return (text) => {
      const { seconds, micros } = readTime(text)
      builder.appendParts(0, 0, BigInt(seconds) * 1_000_000n + BigInt(micros))
    }
  }
  const { kind } = builder.field.type
  if (kind === 'decimal' || kind === 'int128') return decimalReader(builder)
  if (builder instanceof WordBuilder) return wordReader(builder)
  throw new WaterworksError('WW9001', {
    message: `MySQL has no values of type ${kind} for column ${builder.field.name}`,
  })
}

function bytesReader(builder: BytesBuilder): ValueReader {
  switch (builder.field.type.kind) {
    case 'bytes':
      return (text) => builder.appendBytes(text, 0, text.length)
    case 'uuid':
      return (text) => {
        const bytes = parseUuid(text.toString('latin1'))
        if (bytes === undefined) throw new Misfit('what is no UUID', text.toString('latin1'))
        builder.appendBytes(bytes, 0, bytes.length)
      }
    default:
      return (text) => {
        if (!isUtf8(text)) throw new Misfit('bytes that are no text', `\\x${text.toString('hex')}`)
        builder.appendBytes(text, 0, text.length)
      }
  }
}

function numberReader(builder: NumberBuilder): ValueReader {
  switch (builder.field.type.kind) {
    case 'date':
      return (text) => builder.appendNumber(readDays(text))
    case 'boolean':
      return (text) => {
        const is = text.toString('latin1')
        if (is !== '0' && is !== '1') throw new Misfit('a number other than 0 and 1', is)
        builder.appendNumber(Number(is))
      }
    default:
      return (text) => builder.appendNumber(Number(text.toString('latin1')))
  }
}

function wordReader(builder: WordBuilder): ValueReader {
  switch (builder.field.type.kind) {
    case 'time':
      return (text) => {
        const { seconds, micros } = readTime(text)
        const isOfDay = seconds >= 0 && micros >= 0 && seconds * 1e6 + micros <= DAY_SECONDS * 1e6
        if (!isOfDay) throw new Misfit('a time beyond a day', text.toString('latin1'))
        appendMicros(builder, seconds, micros)
      }
    case 'timestamp':
    case 'timestamptz':
      return (text) => {
        const clock = readClock(text, 11)
        appendMicros(builder, readDays(text) * DAY_SECONDS + clock.seconds, clock.micros)
      }
    default:
      return (text) => appendWhole(builder, text.toString('latin1'))
  }
}

/** The product may have more than 53 bits, so it is made in two parts. */
function appendMicros(builder: WordBuilder, seconds: number, micros: number): void {
  const upper = Math.floor(seconds / 65_536) * 1e6
  const lower = (seconds & 0xffff) * 1e6 + micros
  const upperHigh = Math.floor(upper / 65_536)
  const sum = (upper - upperHigh * 65_536) * 65_536 + lower
  const carried = Math.floor(sum / WORD)
  builder.appendWords((upperHigh + carried) | 0, (sum - carried * WORD) | 0)
}

/** Days since 1970-01-01 of what begins `2026-01-31`; MySQL also has dates that lack a year, a month or a day. */
function readDays(text: Buffer): number {
  const year = digits(text, 0, 4)
  const month = digits(text, 5, 7)
  const day = digits(text, 8, 10)
  const days = year === 0 ? undefined : daysFromCivil({ year, month, day })
  if (days === undefined) throw new Misfit('a date without a day', text.toString('latin1'))
  return days
}

/** `[-]hhh:mm:ss[.ffffff]`: up to 838 hours, with one sign for both parts. */
function readTime(text: Buffer): { seconds: number; micros: number } {
  const isNegative = text[0] === 0x2d
  const colon = text.indexOf(0x3a)
  const start = isNegative ? 1 : 0
  const hours = digits(text, start, colon)
  const seconds = hours * 3600 + digits(text, colon + 1, colon + 3) * 60 + digits(text, colon + 4, colon + 6)
  const micros = fraction(text, colon + 6)
  return isNegative ? { seconds: -seconds, micros: -micros } : { seconds, micros }
}

/** `hh:mm:ss[.ffffff]` from `at` on. */
function readClock(text: Buffer, at: number): { seconds: number; micros: number } {
  const seconds =
    digits(text, at, at + 2) * 3600 + digits(text, at + 3, at + 5) * 60 + digits(text, at + 6, at + 8)
  return { seconds, micros: fraction(text, at + 8) }
}

/** Microseconds of `.5`; 0 where the text ends. */
function fraction(text: Buffer, at: number): number {
  if (at >= text.length) return 0
  let value = 0
  for (let place = 1; place <= 6; place++) {
    const digit = text[at + place]
    value = value * 10 + (digit === undefined ? 0 : digit - 0x30)
  }
  return value
}

function digits(text: Buffer, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) value = value * 10 + (text[at]! - 0x30)
  return value
}
