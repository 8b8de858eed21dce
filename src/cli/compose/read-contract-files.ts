import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Contract } from '../../contracts/contract.ts'
import { ProjectErrors } from '../../errors/project-errors.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { Intake } from '../../project/intake.ts'
import type { TextFile } from '../../project/project-files.ts'
import { readContract } from '../../project/read/contracts/read-contract.ts'

const FOLDER = 'contracts'
const YAML = /\.ya?ml$/

/**
 * The contracts of a file, of a folder, or of a project's folder at a revision of git, by name. Throws ProjectErrors when one of them is wrong,
 * WW7014 when `from` is none of these.
 */
export function readContractFiles(from: string, root: string): ReadonlyMap<string, Contract> {
  const files = filesOf(from, root)
  const intake = new Intake()
  const contracts = files.flatMap((file) => readContract(file, intake) ?? [])
  if (intake.diagnostics.hasErrors) throw new ProjectErrors(intake.diagnostics.all())
  return new Map(contracts.map((contract) => [contract.name, contract]))
}

function filesOf(from: string, root: string): readonly TextFile[] {
  const stat = statSync(from, { throwIfNoEntry: false })
  if (stat?.isFile()) return [{ path: from, text: readFileSync(from, 'utf8') }]
  if (stat?.isDirectory()) return inFolder(from)
  return atRevision(from, root)
}

/** Of the working tree. */
export function contractsFolder(root: string): string {
  return relative(process.cwd(), join(root, FOLDER)) || '.'
}

function inFolder(folder: string): readonly TextFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => YAML.test(path))
    .sort()
    .map((path) => ({ path: join(folder, path), text: readFileSync(join(folder, path), 'utf8') }))
}

function atRevision(revision: string, root: string): readonly TextFile[] {
  // A revision never begins with a dash, which would make an option of it.
  const isRevision =
    !revision.startsWith('-') && git(root, 'rev-parse', '--verify', '--quiet', `${revision}^{commit}`)
  if (!isRevision) {
    throw new WaterworksError('WW7014', {
      message: `${revision.slice(0, 80)} is no file, no folder and no revision of git`,
      hint: 'Name a file, a folder of contracts, or a revision such as main or HEAD~1.',
    })
  }
  const listed = git(root, 'ls-tree', '-r', '-z', '--name-only', revision, '--', FOLDER) ?? ''
  return listed
    .split('\0')
    .filter((path) => YAML.test(path))
    .map((path) => ({ path, text: git(root, 'show', `${revision}:./${path}`) ?? '' }))
}

/** What git prints; undefined when it fails. */
function git(root: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 })
  return status === 0 ? stdout : undefined
}
