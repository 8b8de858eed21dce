import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ScanOptions } from '../../formats/scan-options.ts'

/** How to read files, with the content of the descriptor set that they need. Throws WW4011 when it is not there. */
export async function withDescriptor(
  root: string,
  source: ScanOptions & { readonly descriptorPath?: string | undefined },
): Promise<ScanOptions> {
  const { descriptorPath } = source
  if (descriptorPath === undefined) return source
  try {
    return { ...source, descriptor: (await readFile(resolve(root, descriptorPath))).toString('base64') }
  } catch (cause) {
    throw new WaterworksError('WW4011', { message: `the descriptor ${descriptorPath} cannot be read`, cause })
  }
}
