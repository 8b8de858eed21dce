/** A package, settled on what is installed of it. */
export type PinnedPackage =
  | { readonly kind: 'local'; readonly name: string; readonly local: string }
  | {
      readonly kind: 'tarball'
      readonly name: string
      readonly tarball: string
      /** The address before templates in it were rendered. */
      readonly written: string
    }
  | {
      readonly kind: 'git'
      readonly name: string
      readonly git: string
      readonly written: string
      /** A commit. */
      readonly revision: string
      readonly subdirectory: string | undefined
    }
  | {
      readonly kind: 'hub'
      readonly name: string
      readonly package: string
      readonly version: string
      /** The newest version of the hub that could be installed; undefined when the hub was not asked. */
      readonly newest: string | undefined
    }

/** What is installed of a package, in words. */
export function versionOf(pinned: PinnedPackage): string {
  switch (pinned.kind) {
    case 'local':
      return `local: ${pinned.local}`
    case 'tarball':
      return `tarball: ${pinned.written}`
    case 'git':
      return `revision ${pinned.revision.slice(0, 12)}`
    case 'hub':
      return `version ${pinned.version}`
  }
}
