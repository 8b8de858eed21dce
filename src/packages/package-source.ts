import type { PackageSpec } from './package-spec.ts'

/** What a package says of itself. */
export interface PackageMetadata {
  readonly name: string
  /** The packages that it wants itself. */
  readonly packages: readonly PackageSpec[]
}

/** One version of a package of the hub. */
export interface HubVersion extends PackageMetadata {
  readonly tarball: string
  /** Versions of dbt that it works with; none: any. */
  readonly requires: readonly string[]
}

/** Where packages come from. Each gives the same answer when asked twice. */
export interface PackageSource {
  /** All packages of the hub, by `<namespace>/<name>`. */
  hubIndex(): Promise<ReadonlySet<string>>
  /** A package's versions by number. */
  hubVersions(name: string): Promise<ReadonlyMap<string, HubVersion>>
  /** A revision of a repository, checked out: its folder, and the commit. A revision of undefined is the default branch. */
  repository(
    url: string,
    revision: string | undefined,
  ): Promise<{ readonly folder: string; readonly commit: string }>
  /** An archive, unpacked: the one folder in it. */
  archive(url: string): Promise<string>
  /** A folder beside the project. */
  local(path: string): string
  /** What the project in a folder says of itself; `of` is for messages. */
  metadata(folder: string, of: string): PackageMetadata
}
