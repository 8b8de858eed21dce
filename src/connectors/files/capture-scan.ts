import type { LogicalType } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { FileScan } from '../../formats/file-scan.ts'
import type { NamedFile } from './name-files.ts'

/**
 * A scan with what the file's name says of its records, as the types that are declared for it or else those of the pattern. WW4010
 * when the file has a column of such a name: neither may hide the other.
 */
export function captureScan(
  scan: FileScan,
  { origin, capturedFields, capturedTexts }: NamedFile,
  declared: Readonly<Record<string, LogicalType>> = {},
): FileScan {
  if (capturedFields.length === 0) return scan
  const own = new Set(scan.fields.map(({ name }) => name.toLowerCase()))
  const hidden = capturedFields.find(({ name }) => own.has(name.toLowerCase()))
  if (hidden !== undefined) {
    throw new WaterworksError('WW4010', {
      message: `${origin} has a column "${hidden.name}", and its name is to fill a column of that name`,
    })
  }
  const fields = capturedFields.map(({ name, type }) => ({ name, type: declared[name] ?? type }))
  const captured = Object.fromEntries(capturedFields.map(({ name }, index) => [name, capturedTexts[index]!]))
  return { ...scan, fields: [...scan.fields, ...fields], captured }
}
