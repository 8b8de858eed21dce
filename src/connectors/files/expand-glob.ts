import { glob, lstat, stat } from 'node:fs/promises'
import { isAbsolute, resolve, sep } from 'node:path'

/** A file that a glob matched. */
export interface MatchedFile {
  /** Absolute. */
  readonly file: string
  /** As the project names it: relative to its folder with forward slashes, or absolute when the pattern is. */
  readonly origin: string
}

/**
 * The regular files that a path or glob matches, in the order of their names' code points, so that every run reads
 * them alike. Hidden files and files in hidden folders are left out unless the pattern itself names a hidden part:
 * tools write their temporary files there.
 */
export async function expandGlob(root: string, pattern: string): Promise<readonly MatchedFile[]> {
  const wantsHidden = pattern.split('/').some((part) => /^\.[^./]/.test(part))
  const names = new Set<string>()
  const literal = await lstat(resolve(root, pattern)).catch(() => undefined)
  if (literal) names.add(pattern)
  else for await (const name of glob(pattern, { cwd: root })) names.add(name)
  const matched: MatchedFile[] = []
  for (const name of names) {
    const file = resolve(root, name)
    const origin = (isAbsolute(pattern) ? file : name).replaceAll(sep, '/')
    const hidden = origin.split('/').some((part) => /^\.[^./]/.test(part))
    if (hidden && !wantsHidden) continue
    if (await isRegularFile(file)) matched.push({ file, origin })
  }
  return matched.sort((a, b) => (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0))
}

async function isRegularFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
}
