import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Environment } from '../interpolate.ts'
import { parseEnvFile } from './parse-env-file.ts'

export const ENV_FILE = '.env'

/**
 * The variables of the process, and below them those of the project folder's `.env`: what is set outside always wins.
 * Throws WW1041 for a `.env` that cannot be read.
 */
export function readEnvironment(root: string, outer: Environment): Environment {
  let text: string
  try {
    text = readFileSync(join(root, ENV_FILE), 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return outer
    const location = { file: ENV_FILE, line: 1, column: 1 }
    throw new WaterworksError('WW1041', { message: `${ENV_FILE} cannot be read`, location, cause })
  }
  return { ...parseEnvFile(text, ENV_FILE), ...outer }
}
