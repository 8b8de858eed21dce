import type { Environment } from '../../../project/interpolate.ts'
import { bytesHash, namesHash, type ReadTrail, stampOf, valueHash } from '../../../project/read-trail.ts'
import type { RecordedInputs } from './parse-record.ts'

/** How what was read compares with what is there. */
export interface Compared {
  /** Files with other bytes than before. */
  readonly edited: readonly string[]
  /** The same inputs as they are recorded now. */
  readonly inputs: RecordedInputs
  /** Whether that is another record than before, though nothing was edited. */
  readonly isNews: boolean
}

/** What a trail notes, as it is kept. */
export function inputsOf({ files, folders, variables, salt }: ReadTrail): RecordedInputs {
  return {
    salt,
    files: [...files.keys()],
    fileStamps: Array.from(files.values(), ({ stamp }) => stamp ?? null),
    fileHashes: Array.from(files.values(), ({ hash }) => hash),
    folders: [...folders.keys()],
    folderStamps: Array.from(folders.values(), ({ stamp }) => stamp ?? null),
    folderHashes: Array.from(folders.values(), ({ hash }) => hash),
    variables: [...variables.keys()],
    variableHashes: Array.from(variables.values(), (value) => value ?? null),
  }
}

/**
 * Compares recorded inputs with the disk and the environment. Undefined when more than the bytes of some files is different: files or
 * folders that came or went, or variables.
 */
export function checkInputs(recorded: RecordedInputs, env: Environment): Compared | undefined {
  const { variables, variableHashes, salt } = recorded
  const isSame = variables.every(
    (name, index) => (valueHash(env[name], salt) ?? null) === variableHashes[index],
  )
  if (!isSame) return undefined
  const folders = compare(recorded.folders, recorded.folderStamps, recorded.folderHashes, namesHash)
  if (folders === undefined || folders.changed.length > 0) return undefined
  const files = compare(recorded.files, recorded.fileStamps, recorded.fileHashes, bytesHash)
  if (files === undefined) return undefined
  return {
    edited: files.changed,
    inputs: {
      ...recorded,
      folderStamps: folders.stamps,
      fileStamps: files.stamps,
      fileHashes: files.hashes,
    },
    isNews: folders.isNews || files.isNews,
  }
}

interface Places {
  readonly changed: readonly string[]
  readonly stamps: (string | null)[]
  readonly hashes: string[]
  readonly isNews: boolean
}

/** Undefined when a place is there that was not, or is not that was. */
function compare(
  paths: readonly string[],
  stamps: readonly (string | null)[],
  hashes: readonly string[],
  hashOf: (path: string) => string,
): Places | undefined {
  const changed: string[] = []
  const now = { stamps: [...stamps], hashes: [...hashes] }
  let isNews = false
  for (const [index, path] of paths.entries()) {
    const [before, hash] = [stamps[index], hashes[index]]
    const stamp = stampOf(path)
    if (stamp !== undefined && stamp === before) continue
    const current = stamp === '' ? '' : hashOf(path)
    if ((stamp === '') !== (before === '') || (current === '') !== (hash === '')) return undefined
    isNews ||= (stamp ?? null) !== before
    now.stamps[index] = stamp ?? null
    now.hashes[index] = current
    if (current !== hash) changed.push(path)
  }
  return { changed, ...now, isNews: isNews || changed.length > 0 }
}
