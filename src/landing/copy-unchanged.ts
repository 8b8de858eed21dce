import { constants, copyFile } from 'node:fs/promises'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { fileStamp } from '../formats/bytes/file-stamp.ts'
import { hashFile } from '../formats/bytes/hash-file.ts'

export interface CopySource {
  readonly file: string
  readonly origin: string
  readonly hash: string
  readonly stamp?: string
}

/**
 * Copies a file (as a clone sharing its blocks where the file system can, never as a link: sources get rewritten)
 * and makes sure that the copy has the bytes that were hashed. A source whose stamp is what it was at hashing,
 * looked at after the copy, was not written to in between; any other copy is hashed again. Throws WW4005 when the
 * bytes differ and WW4002 when the source cannot be read.
 */
export async function copyUnchanged(source: CopySource, target: string): Promise<void> {
  try {
    await copyFile(source.file, target, constants.COPYFILE_FICLONE)
    if (source.stamp !== undefined && (await fileStamp(source.file)) === source.stamp) return
  } catch (cause) {
    throw new WaterworksError('WW4002', { message: `${source.origin} cannot be copied`, cause })
  }
  if ((await hashFile(target)) === source.hash) return
  throw new WaterworksError('WW4005', { message: `${source.origin} changed while it was being landed` })
}
