import { basename } from 'node:path'
import { z } from 'zod'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** What a list of delivered files says of one. */
export interface Listed {
  readonly records?: number | undefined
  readonly bytes?: number | undefined
  readonly sha256?: string | undefined
}

const count = z.int().min(0)
const entry = z.object({
  file: z.string(),
  records: count.optional(),
  bytes: count.optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/)
    .optional(),
})
const note = z.union([z.array(entry), z.object({ files: z.array(entry) }).transform(({ files }) => files)])

/**
 * Reads a list of delivered files: JSON, an array of objects with `file` and any of `records`, `bytes` and `sha256`, or that array under
 * `files`. Throws WW4014 when it is something else.
 */
export function readDeliveryNote(text: string, path: string): ReadonlyMap<string, Listed> {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new WaterworksError('WW4014', { message: `${basename(path)} is not JSON`, cause })
  }
  const parsed = note.safeParse(data)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new WaterworksError('WW4014', {
      message: `${basename(path)} is no list of files: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
    })
  }
  return new Map(
    parsed.data.map(({ file, sha256, ...counts }) => [
      basename(file),
      { ...counts, ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }) },
    ]),
  )
}
