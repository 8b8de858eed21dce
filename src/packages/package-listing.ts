import { WaterworksError } from '../errors/waterworks-error.ts'
import type { GitSpec, HubSpec, LocalSpec, PackageSpec, TarballSpec } from './package-spec.ts'

/** All that is asked of one package, by whoever asks for it, the first first. */
export type WantedPackage =
  | { readonly kind: 'local'; readonly key: string; readonly specs: readonly LocalSpec[] }
  | { readonly kind: 'tarball'; readonly key: string; readonly specs: readonly TarballSpec[] }
  | { readonly kind: 'git'; readonly key: string; readonly specs: readonly GitSpec[] }
  | { readonly kind: 'hub'; readonly key: string; readonly specs: readonly HubSpec[] }

/** Packages that are wanted, each once, in the order in which they were first asked for. */
export class PackageListing {
  readonly #wanted = new Map<string, WantedPackage>()

  get size(): number {
    return this.#wanted.size
  }

  [Symbol.iterator](): IterableIterator<WantedPackage> {
    return this.#wanted.values()
  }

  /** Adds packages to what is wanted. Throws WW1603 where one address is asked for in two forms. */
  add(specs: Iterable<PackageSpec>): this {
    for (const spec of specs) this.merge(wanted(spec))
    return this
  }

  /** Adds what is asked of a package, and gives all that is asked of it now. Throws WW1603. */
  merge(added: WantedPackage): WantedPackage {
    const key = namesOf(added.key).find((name) => this.#wanted.has(name)) ?? added.key
    const known = this.#wanted.get(key)
    const merged = known ? together(known, added) : added
    this.#wanted.set(key, merged)
    return merged
  }
}

function wanted(spec: PackageSpec): WantedPackage {
  switch (spec.kind) {
    case 'local':
      return { kind: 'local', key: spec.local, specs: [spec] }
    case 'tarball':
      return { kind: 'tarball', key: spec.tarball, specs: [spec] }
    case 'git':
      return {
        kind: 'git',
        key: spec.subdirectory ? `${spec.git}/${spec.subdirectory}` : spec.git,
        specs: [spec],
      }
    case 'hub':
      return { kind: 'hub', key: spec.package, specs: [spec] }
  }
}

/** The address of a repository may end in .git or not. */
function namesOf(key: string): readonly string[] {
  return key.endsWith('.git') ? [key, key.slice(0, -'.git'.length)] : [key, `${key}.git`]
}

function together(a: WantedPackage, b: WantedPackage): WantedPackage {
  if (a.kind === 'local' && b.kind === 'local') return { ...a, specs: [...a.specs, ...b.specs] }
  if (a.kind === 'tarball' && b.kind === 'tarball') return { ...a, specs: [...a.specs, ...b.specs] }
  if (a.kind === 'git' && b.kind === 'git') return { ...a, specs: [...a.specs, ...b.specs] }
  if (a.kind === 'hub' && b.kind === 'hub') return { ...a, specs: [...a.specs, ...b.specs] }
  throw new WaterworksError('WW1603', {
    message: `The package ${a.key} is asked for as ${a.kind} and as ${b.kind}.`,
    hint: 'Ask for it in one form.',
  })
}
