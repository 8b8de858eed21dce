import type { LogicalType } from '../../batch/logical-type.ts'
import type { ContractProperty, ContractType } from '../contract.ts'
import { parsePhysicalType } from '../physical-type.ts'
import type { Compatibility } from './contract-change.ts'

/** How the types of a property compare: undefined where they are the same. */
export function compareTypes(before: ContractProperty, after: ContractProperty): Compatibility | undefined {
  const [old, now] = [typeOf(before), typeOf(after)]
  if (old === now) return undefined
  if (old === undefined || now === undefined) return old === undefined ? 'forward' : 'backward'
  if (holds(now, old)) return 'backward'
  return holds(old, now) ? 'forward' : 'breaking'
}

/** What a property's type is called, from the one that says more. */
export function typeOf({ physicalType, logicalType }: ContractProperty): string | undefined {
  const parsed = physicalType === undefined ? undefined : parsePhysicalType(physicalType)
  if (parsed === undefined) return logicalType ?? physicalType?.toLowerCase()
  const length = /\(\s*(\d+)\s*\)/.exec(physicalType ?? '')?.[1]
  if (parsed.kind === 'text') return length === undefined ? 'text' : `text(${length})`
  return parsed.kind === 'decimal' ? `decimal(${parsed.precision},${parsed.scale})` : parsed.kind
}

/** Whether every value of one type is one of another. */
function holds(wide: string, narrow: string): boolean {
  if (wide === narrow) return true
  const [text, short] = [textLength(wide), textLength(narrow)]
  if (text !== undefined && short !== undefined) return text >= short
  const [number, part] = [digits(wide), digits(narrow)]
  if (number !== undefined && part !== undefined) {
    return number.whole >= part.whole && number.fraction >= part.fraction && (number.signed || !part.signed)
  }
  return WIDER[narrow]?.includes(wide) ?? false
}

const WIDER: Readonly<Record<string, readonly string[]>> = {
  integer: ['number'],
  date: ['timestamp'],
  ...Object.fromEntries(
    (['int8', 'int16', 'int32', 'int64', 'int128', 'uint8', 'uint16', 'uint32', 'uint64'] as const).map(
      (kind) => [kind, ['integer', 'number']],
    ),
  ),
  float32: ['float64', 'number'],
  float64: ['number'],
  uuid: ['text', 'string'],
} satisfies Partial<Record<LogicalType['kind'] | ContractType, readonly string[]>>

function textLength(name: string): number | undefined {
  if (name === 'text' || name === 'string') return Number.POSITIVE_INFINITY
  const length = /^text\((\d+)\)$/.exec(name)?.[1]
  return length === undefined ? undefined : Number(length)
}

/** Decimal digits before and behind the point that a type holds for certain. */
function digits(
  name: string,
): { readonly whole: number; readonly fraction: number; readonly signed: boolean } | undefined {
  const decimal = /^decimal\((\d+),(\d+)\)$/.exec(name)
  if (decimal) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])]
    return { whole: precision - scale, fraction: scale, signed: true }
  }
  const bits = /^(u?)int(\d+)$/.exec(name)
  if (!bits) return undefined
  const signed = bits[1] === ''
  // In bits, so that no two sizes are taken for the same.
  return { whole: (Number(bits[2]) - (signed ? 1 : 0)) * Math.log10(2), fraction: 0, signed }
}
