import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { parseYaml } from '../project/yaml/parse-yaml.ts'
import { installPackages } from './install-packages.ts'
import { hashOf, LOCK_FILE, printLock } from './lock-file.ts'
import { lockHash } from './lock-hash.ts'
import type { PackageSource } from './package-source.ts'
import type { PackageSpec } from './package-spec.ts'
import { parsePackages, type RenderText } from './parse-packages.ts'
import type { PinnedPackage } from './pinned-package.ts'
import { type ResolveOptions, resolvePackages } from './resolve-packages.ts'

export interface SyncOptions extends ResolveOptions {
  /** The project's folder, absolute. */
  readonly root: string
  /** Where packages go, absolute. */
  readonly into: string
  /** What the project asks for. */
  readonly specs: readonly PackageSpec[]
  readonly source: PackageSource
  readonly render: RenderText
  /** Look for newer versions although the lock file fits. */
  readonly upgrade: boolean
  /** Write the lock file, and install nothing. */
  readonly lockOnly: boolean
  installed(pinned: PinnedPackage): void
}

export interface SyncReport {
  readonly packages: readonly PinnedPackage[]
  /** Whether package-lock.yml was written. */
  readonly locked: boolean
  /** False where there was no network, and what is installed stays as it is. */
  readonly reached: boolean
}

/**
 * Brings what is installed in line with what the project asks for. package-lock.yml is gone by while it fits what is asked for, and written
 * anew otherwise. Without a network what is installed already is left as it is, with a warning, when nothing seems to be missing. Throws
 * WW1601 to WW1613.
 */
export async function syncPackages(options: SyncOptions): Promise<SyncReport> {
  const { root, specs, upgrade, lockOnly } = options
  const lock = readLock(options)
  const fits = lock !== undefined && lock.hash === lockHash(specs)
  try {
    const locked = !fits || upgrade
    const packages =
      locked || lock === undefined
        ? await resolvePackages(specs, options)
        : await resolvePackages(lock.specs, { ...options, asListed: true })
    if (locked && specs.length > 0) writeFileSync(join(root, LOCK_FILE), printLock(packages, lockHash(specs)))
    if (!lockOnly) await installPackages(packages, options)
    return { packages, locked: locked && specs.length > 0, reached: true }
  } catch (error) {
    if (!(error instanceof WaterworksError) || error.code !== 'WW1610') throw error
    const missing = missingNames(fits ? lock.specs : specs, lock?.specs ?? [], options)
    if (upgrade || lockOnly || missing.length > 0) throw explained(error, missing, options)
    options.warn(
      new WaterworksError('WW1610', {
        message: `${error.message} What is in ${basename(options.into)} is used as it is${fits ? '' : ', whatever its versions'}.`,
        hint: 'Run `waterworks deps` again where there is a network.',
      }),
    )
    return { packages: [], locked: false, reached: false }
  }
}

function readLock({ root, render }: SyncOptions) {
  const path = join(root, LOCK_FILE)
  if (!existsSync(path)) return undefined
  const document = parseYaml(readFileSync(path, 'utf8'), LOCK_FILE, 'pyyaml')
  return { hash: hashOf(document), specs: parsePackages(document, LOCK_FILE, render) }
}

/** The packages, by the name of their folder, that are not installed. */
function missingNames(
  specs: readonly PackageSpec[],
  locked: readonly PackageSpec[],
  { into, source }: SyncOptions,
): readonly string[] {
  const installed = existsSync(into)
    ? readdirSync(into).filter((name) => existsSync(join(into, name, 'dbt_project.yml')))
    : []
  const names = specs.map((spec) => nameOf(spec, locked, source))
  return [...new Set(names)].filter((name) => !installed.includes(name))
}

/** A package's name as a lock file has it, or as it most likely is. */
function nameOf(spec: PackageSpec, locked: readonly PackageSpec[], source: PackageSource): string {
  if (spec.kind === 'local') return source.metadata(source.local(spec.local), spec.local).name
  const known = spec.name ?? locked.find((other) => addressOf(other) === addressOf(spec))?.name
  return known ?? basename(addressOf(spec), '.git').replaceAll('-', '_')
}

function addressOf(spec: PackageSpec): string {
  switch (spec.kind) {
    case 'local':
      return spec.local
    case 'tarball':
      return spec.tarball
    case 'hub':
      return spec.package
    case 'git':
      return spec.subdirectory ? `${spec.git}/${spec.subdirectory}` : spec.git
  }
}

function explained(
  error: WaterworksError,
  missing: readonly string[],
  { into }: SyncOptions,
): WaterworksError {
  const folder = basename(into)
  return new WaterworksError('WW1610', {
    message: error.message,
    hint:
      missing.length > 0
        ? `Connect to a network, or copy ${missing.join(', ')} into ${folder}: what lies there is used.`
        : `Connect to a network. Until then, what is in ${folder} is used as it is.`,
    cause: error,
  })
}
