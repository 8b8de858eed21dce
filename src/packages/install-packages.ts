import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { packageFolder } from './package-folder.ts'
import type { PackageSource } from './package-source.ts'
import type { PinnedPackage } from './pinned-package.ts'

export interface InstallOptions {
  /** The project's folder, absolute. */
  readonly root: string
  /** Where packages go, absolute: what is there is replaced. */
  readonly into: string
  readonly source: PackageSource
  installed(pinned: PinnedPackage): void
}

/**
 * Installs packages under their names. All are fetched first, beside the folder they go to: it is exchanged at once when nothing failed,
 * and stays as it is otherwise. Throws WW1613 for a folder that holds something else, and what fetching throws.
 */
export async function installPackages(
  packages: readonly PinnedPackage[],
  { root, into, source, installed }: InstallOptions,
): Promise<void> {
  refuseOther(root, into)
  const [fresh, old] = [`${into}.new`, `${into}.old`]
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true })
  try {
    for (const pinned of packages) {
      await place(pinned, join(fresh, pinned.name), join(into, pinned.name), source)
      installed(pinned)
    }
    if (existsSync(into)) renameSync(into, old)
    renameSync(fresh, into)
  } finally {
    for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true })
  }
}

/** Puts a package at `here`; `there` is where it will be in the end. */
async function place(
  pinned: PinnedPackage,
  here: string,
  there: string,
  source: PackageSource,
): Promise<void> {
  if (pinned.kind === 'local') {
    // As in dbt, a change of the package shows at once.
    const folder = source.local(pinned.local)
    if (!existsSync(folder)) throw absent(pinned.local)
    try {
      symlinkSync(relative(dirname(there), folder), here, 'dir')
    } catch {
      cpSync(folder, here, { recursive: true })
    }
    return
  }
  const folder = await fetched(pinned, source)
  refuseLinksOut(folder, pinned.name)
  cpSync(folder, here, { recursive: true, verbatimSymlinks: true })
}

async function fetched(
  pinned: Exclude<PinnedPackage, { kind: 'local' }>,
  source: PackageSource,
): Promise<string> {
  switch (pinned.kind) {
    case 'tarball':
      return source.archive(pinned.tarball)
    case 'git': {
      const { folder } = await source.repository(pinned.git, pinned.revision)
      return packageFolder(folder, pinned.subdirectory, pinned.written)
    }
    case 'hub': {
      const version = (await source.hubVersions(pinned.package)).get(pinned.version)
      if (version !== undefined) return source.archive(version.tarball)
      throw new WaterworksError('WW1607', {
        message: `The hub has no version ${pinned.version} of ${pinned.package} any more.`,
        hint: 'Choose another with `waterworks deps --upgrade`.',
      })
    }
  }
}

/** A link in a repository may lead anywhere; what is installed stays within its folder. */
function refuseLinksOut(folder: string, name: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue
    const link = join(entry.parentPath, entry.name)
    const target = resolve(entry.parentPath, readlinkSync(link))
    if (target === folder || target.startsWith(`${folder}${sep}`)) continue
    throw new WaterworksError('WW1612', {
      message: `The package ${name} cannot be installed: ${relative(folder, link)} is a link that leads out of it.`,
    })
  }
}

/** Beside the project's own files, only a folder of packages is replaced. */
function refuseOther(root: string, into: string): void {
  const around = root === into || root.startsWith(`${into}${sep}`)
  const isInside = into.startsWith(`${root}${sep}`)
  const other =
    !isInside && !around && existsSync(into)
      ? readdirSync(into).find((name) => !existsSync(join(into, name, 'dbt_project.yml')))
      : undefined
  if (!around && other === undefined && (!existsSync(into) || lstatSync(into).isDirectory())) return
  throw new WaterworksError('WW1613', {
    message: around
      ? 'Packages cannot be installed over the project itself.'
      : `Packages cannot be installed into ${into}: it holds something else.`,
    hint: 'Correct "packages-install-path" in dbt_project.yml.',
  })
}

function absent(path: string): WaterworksError {
  return new WaterworksError('WW1608', { message: `There is no package at ${path}.` })
}
