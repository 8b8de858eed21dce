import type { Field, LogicalKind, LogicalType } from '../../batch/logical-type.ts'
import type { FileScan } from '../../formats/file-scan.ts'

const WHOLE = ['int8', 'int16', 'int32', 'int64'] as const satisfies readonly LogicalKind[]
const widths: readonly LogicalKind[] = WHOLE

/**
 * One type per column for files that were sniffed apart: the same type, or the wider of two whole-number types,
 * or text, which holds any of them unchanged.
 */
export function commonFields(parts: readonly { readonly scan: FileScan }[]): readonly Field[] {
  const types = new Map<string, LogicalType>()
  for (const field of parts.flatMap((part) => part.scan.fields)) {
    const before = types.get(field.name)
    types.set(field.name, before === undefined ? field.type : widest(before, field.type))
  }
  return [...types].map(([name, type]) => ({ name, type }))
}

function widest(a: LogicalType, b: LogicalType): LogicalType {
  if (JSON.stringify(a) === JSON.stringify(b)) return a
  const [x, y] = [widths.indexOf(a.kind), widths.indexOf(b.kind)]
  return x >= 0 && y >= 0 ? { kind: WHOLE[Math.max(x, y)]! } : { kind: 'text' }
}
