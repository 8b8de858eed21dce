import { posix } from 'node:path'

const SPECIAL = /[*?[\]{}!()+@\\]/

/** A glob over the paths of a store. */
export interface RemoteGlob {
  /** What every path that matches begins with. */
  readonly prefix: string
  matches(path: string): boolean
  /** Whether anything below a folder can match. */
  mayHold(folder: string): boolean
}

/** Reads a glob. Hidden files are matched as on disk: only where the glob itself names a hidden part. */
export function remoteGlob(glob: string): RemoteGlob {
  const parts = glob.split('/')
  const wantsHidden = parts.some(isHidden)
  const special = parts.findIndex((part) => SPECIAL.test(part))
  const prefix = special < 0 ? glob : literalBeginning(parts, special)
  return {
    prefix,
    matches: (path) =>
      (wantsHidden || !path.split('/').some(isHidden)) && (path === glob || posix.matchesGlob(path, glob)),
    mayHold: (folder) => {
      const names = folder.split('/')
      const anyDepth = parts.indexOf('**')
      const checked = anyDepth < 0 ? names : names.slice(0, anyDepth)
      if (anyDepth < 0 && names.length >= parts.length) return false
      if (!wantsHidden && names.some(isHidden)) return false
      return checked.every((name, index) => name === parts[index] || posix.matchesGlob(name, parts[index]!))
    },
  }
}

function literalBeginning(parts: readonly string[], special: number): string {
  const name = parts[special]!
  return [...parts.slice(0, special), name.slice(0, name.search(SPECIAL))].join('/')
}

function isHidden(part: string): boolean {
  return /^\.[^./]/.test(part)
}
