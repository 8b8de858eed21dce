import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where public repositories come from. */
export interface Repositories {
  /** Clones that are here already, as `<owner>+<name>/repo`; undefined to ask GitHub. */
  readonly mirror: string | undefined
  /** Where clones of this script's own are kept between runs. */
  readonly cache: string
}

/** Writes a revision of a public repository into a new folder, without its history. Throws when it cannot be had. */
export function writeRevision(repositories: Repositories, repository: string, revision: string, to: string) {
  const clone = cloneOf(repositories, repository)
  mkdirSync(to, { recursive: true })
  const absent = absentFiles(clone, revision).map((path) => `:(exclude,literal)${path}`)
  const tar = execFileSync('git', ['-C', clone, 'archive', '--format=tar', revision, '--', '.', ...absent], {
    maxBuffer: 1 << 30,
  })
  execFileSync('tar', ['-x', '-C', to], { input: tar })
}

/** The commit that a revision is. */
export function commitOf(repositories: Repositories, repository: string, revision: string): string {
  const clone = cloneOf(repositories, repository)
  return execFileSync('git', ['-C', clone, 'rev-parse', '--short=10', `${revision}^{commit}`], {
    encoding: 'utf8',
  }).trim()
}

function cloneOf({ mirror, cache }: Repositories, repository: string): string {
  const name = repository.replace('/', '+')
  const mirrored = mirror === undefined ? undefined : join(mirror, name, 'repo')
  if (mirrored !== undefined && existsSync(mirrored)) return mirrored
  const clone = join(cache, name)
  if (!existsSync(clone)) {
    mkdirSync(cache, { recursive: true })
    execFileSync('git', ['clone', '--quiet', '--bare', `https://github.com/${repository}.git`, clone])
  }
  return clone
}

/** Files of a revision whose content the clone does not have: copies of repositories leave out what is large. */
function absentFiles(clone: string, revision: string): readonly string[] {
  const listed = execFileSync('git', ['-C', clone, 'ls-tree', '-r', '-z', revision], { encoding: 'utf8' })
  const files = listed
    .split('\0')
    .filter((line) => line.includes(' blob '))
    .map((line) => ({ hash: line.split(/[ \t]/)[2] ?? '', path: line.slice(line.indexOf('\t') + 1) }))
  const found = execFileSync('git', ['-C', clone, 'cat-file', '--batch-check'], {
    encoding: 'utf8',
    input: files.map(({ hash }) => `${hash}\n`).join(''),
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const missing = new Set(
    found.split('\n').flatMap((line) => (line.endsWith(' missing') ? [line.split(' ')[0]] : [])),
  )
  return files.flatMap(({ hash, path }) => (missing.has(hash) ? [path] : []))
}
