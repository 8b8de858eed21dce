import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { packageFolder } from './package-folder.ts'
import { PackageListing, type WantedPackage } from './package-listing.ts'
import type { PackageSource } from './package-source.ts'
import type { GitSpec, HubSpec, PackageSpec } from './package-spec.ts'
import type { PinnedPackage } from './pinned-package.ts'
import { compareVersions, parseVersion, type Version } from './semver/version.ts'
import { highestIn, printRange, rangeOf } from './semver/version-range.ts'

export interface ResolveOptions {
  readonly source: PackageSource
  /** The project's own name, which no package may have. */
  readonly project: string
  /** The version of dbt that packages are chosen for; undefined: any will do. */
  readonly dbtVersion: string | undefined
  /** The list is complete, as that of a lock file: what packages ask for themselves is in it. */
  readonly asListed?: boolean
  warn(warning: WaterworksError): void
}

interface Resolved {
  readonly pinned: PinnedPackage
  readonly packages: readonly PackageSpec[]
}

/**
 * Settles on what is installed of each package that is asked for, and of those that they ask for, as dbt does: every round takes the
 * highest versions that all who asked so far allow. Throws WW1603 to WW1607 for what does not go together or is not there.
 */
export async function resolvePackages(
  specs: readonly PackageSpec[],
  options: ResolveOptions,
): Promise<readonly PinnedPackage[]> {
  const final = new PackageListing()
  const unpinned = new Set<string>()
  let pending = new PackageListing().add(specs)
  while (pending.size > 0) {
    const next = new PackageListing()
    for (const wanted of pending) {
      const { packages } = await resolve(final.merge(wanted), options, unpinned)
      if (!options.asListed) next.add(packages)
    }
    pending = next
  }
  const pinned: PinnedPackage[] = []
  for (const wanted of final) pinned.push((await resolve(wanted, options, unpinned)).pinned)
  refuseSameNames(pinned, options.project)
  return pinned
}

async function resolve(
  wanted: WantedPackage,
  options: ResolveOptions,
  unpinned: Set<string>,
): Promise<Resolved> {
  const { source } = options
  switch (wanted.kind) {
    case 'local': {
      const { local } = wanted.specs[0]!
      const { name, packages } = source.metadata(source.local(local), local)
      return { pinned: { kind: 'local', name, local }, packages }
    }
    case 'tarball': {
      const { tarball, name, unrendered } = wanted.specs[0]!
      const { packages } = source.metadata(await source.archive(tarball), name)
      return {
        pinned: { kind: 'tarball', name, tarball, written: writtenOf(unrendered, 'tarball') },
        packages,
      }
    }
    case 'git':
      return resolveGit(wanted.specs, options, unpinned)
    case 'hub':
      return resolveHub(wanted.key, wanted.specs, options)
  }
}

async function resolveGit(
  specs: readonly GitSpec[],
  { source, warn }: ResolveOptions,
  unpinned: Set<string>,
): Promise<Resolved> {
  const { git, subdirectory, unrendered } = specs[0]!
  const written = writtenOf(unrendered, 'git')
  const revisions = new Set(specs.flatMap(({ revision }) => (revision == null ? [] : [String(revision)])))
  const [revision] = revisions
  if (revisions.size > 1) {
    throw new WaterworksError('WW1604', {
      message: `The package ${written} is asked for in several revisions: ${[...revisions].join(', ')}.`,
      hint: 'Ask for one of them.',
    })
  }
  const moving = revision === undefined || ['HEAD', 'main', 'master'].includes(revision)
  if (moving && specs.every((spec) => spec['warn-unpinned'] !== false) && !unpinned.has(written)) {
    unpinned.add(written)
    warn(
      new WaterworksError('WW1605', {
        message: `The package ${written} is not pinned: ${revision ?? 'its default branch'} may change at any time.`,
        hint: 'Give a tag or commit as "revision:", or "warn-unpinned: false".',
      }),
    )
  }
  const { folder, commit } = await source.repository(git, revision === 'HEAD' ? undefined : revision)
  const { name, packages } = source.metadata(
    packageFolder(folder, subdirectory ?? undefined, written),
    written,
  )
  return {
    pinned: { kind: 'git', name, git, written, revision: commit, subdirectory: subdirectory ?? undefined },
    packages,
  }
}

async function resolveHub(
  name: string,
  specs: readonly HubSpec[],
  { source, dbtVersion }: ResolveOptions,
): Promise<Resolved> {
  const index = await source.hubIndex()
  if (!index.has(name)) {
    const near = suggest(name, index)
    throw new WaterworksError('WW1606', {
      message: `The hub has no package ${name}.`,
      hint: near ? `Did you mean ${near}?` : undefined,
    })
  }
  const asked = specs.flatMap((spec) => [spec.version].flat()).map((text) => bound(String(text), name))
  const range = rangeOf(asked)
  if (range === undefined) {
    throw new WaterworksError('WW1604', {
      message: `No version of ${name} is what everyone asks for: ${asked.map((each) => `${each.matcher}${each.text}`).join(', ')}.`,
      hint: 'Ask for versions that the other packages work with, or for other versions of these.',
    })
  }
  const versions = await source.hubVersions(name)
  const compatible = [...versions].filter(([, { requires }]) => worksWith(requires, dbtVersion))
  const withPrereleases =
    specs[0]?.install_prerelease === true || asked.some(({ prerelease }) => prerelease !== undefined)
  const installable = compatible
    .flatMap(([text]) => parseVersion(text) ?? [])
    .filter(({ prerelease }) => withPrereleases || prerelease === undefined)
    .sort(compareVersions)
    .map(({ text }) => text)
  const version = highestIn(range, installable)
  const chosen = version === undefined ? undefined : versions.get(version)
  if (version === undefined || chosen === undefined) {
    throw new WaterworksError('WW1607', {
      message: `No version of ${name} is in ${printRange(range)}; there are ${installable.slice(-5).join(', ') || 'none'}.`,
      hint:
        compatible.length < versions.size
          ? `Versions that do not work with dbt ${dbtVersion} are left out; --no-version-check takes them, too.`
          : undefined,
    })
  }
  return {
    pinned: { kind: 'hub', name: chosen.name, package: name, version, newest: installable.at(-1) },
    packages: chosen.packages,
  }
}

function bound(text: string, name: string): Version {
  const version = parseVersion(text)
  if (version !== undefined) return version
  throw new WaterworksError('WW1601', {
    message: `The version ${text} of ${name} is no version.`,
    hint: 'Write 1.2.3, or bounds such as [">=1.0.0", "<2.0.0"].',
  })
}

function worksWith(requires: readonly string[], dbtVersion: string | undefined): boolean {
  if (dbtVersion === undefined || requires.length === 0) return true
  const bounds = [dbtVersion, ...requires].map(parseVersion)
  // What a package of the hub says wrongly is no reason to hold it back.
  return bounds.includes(undefined) || rangeOf(bounds.filter((each) => each !== undefined)) !== undefined
}

function refuseSameNames(pinned: readonly PinnedPackage[], project: string): void {
  const seen = new Set<string>()
  for (const { name } of pinned) {
    if (name === project || seen.has(name)) {
      throw new WaterworksError('WW1603', {
        message:
          name === project
            ? `A package is called ${name}, as the project itself is.`
            : `Two packages are called ${name}.`,
        hint: 'Remove one of them, or name another version in which it has another name.',
      })
    }
    seen.add(name)
  }
}

/** An address as it stands in the file, where a template keeps secrets out of it. */
function writtenOf(unrendered: Readonly<Record<string, unknown>>, key: string): string {
  return String(unrendered[key])
}
