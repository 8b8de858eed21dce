import type { ConfiguredKind, DbtPackage } from '../../project/package.ts'
import type { Config } from '../merge-configs.ts'
import { configDefaults, isRecord, layConfig, replacedKeys } from './config-rules.ts'
import type { YamlValues } from './yaml-values.ts'

/** Everything that says how a resource is configured, but for dbt_project.yml. */
export interface OwnLayers {
  /** From a file of properties, templates rendered. */
  readonly properties?: Config | undefined
  /** From config() in the file itself. */
  readonly called?: Config | undefined
}

interface Layers {
  readonly rendered: readonly Config[]
  readonly unrendered: readonly Config[]
}

interface Trees {
  readonly rendered: unknown
  readonly unrendered: unknown
}

/**
 * Configuration in dbt's order of precedence: the package's dbt_project.yml from the outermost folder inwards, its properties
 * files, config() in the file, and for installed packages the root project's dbt_project.yml over all of them.
 */
export class PackageConfigs {
  readonly #packages: ReadonlyMap<string, DbtPackage>
  readonly #root: DbtPackage
  readonly #yaml: YamlValues
  readonly #trees = new Map<string, Trees>()
  readonly #used = new Set<string>()

  constructor(packages: readonly DbtPackage[], yaml: YamlValues) {
    this.#packages = new Map(packages.map((one) => [one.name, one]))
    this.#root = packages.find(({ kind }) => kind === 'root')!
    this.#yaml = yaml
  }

  /** The merged configuration of a resource; `defaults` stand below all layers, and of `replaced` keys the last layer counts. */
  merged(
    kind: ConfiguredKind,
    packageName: string,
    fqn: readonly string[],
    { properties, called }: OwnLayers,
    defaults: Config = configDefaults(kind),
    replaced: readonly string[] = replacedKeys(kind),
  ): Record<string, unknown> {
    const result: Record<string, unknown> = { ...defaults }
    for (const layer of this.#of(packageName, kind, fqn).rendered) layConfig(result, layer, replaced)
    if (properties) layConfig(result, properties, replaced)
    if (called) layConfig(result, called, replaced)
    if (packageName !== this.#root.name) {
      for (const layer of this.#of(this.#root.name, kind, fqn).rendered) layConfig(result, layer, replaced)
    }
    return result
  }

  /** The keys that any layer gives, as they are written: templates in dbt_project.yml are not rendered. */
  unrendered(
    kind: ConfiguredKind,
    packageName: string,
    fqn: readonly string[],
    { properties, called }: OwnLayers,
  ): Config {
    const result: Record<string, unknown> = {}
    for (const layer of this.#of(packageName, kind, fqn).unrendered) Object.assign(result, layer)
    Object.assign(result, properties, called)
    if (packageName !== this.#root.name) {
      for (const layer of this.#of(this.#root.name, kind, fqn).unrendered) Object.assign(result, layer)
    }
    return result
  }

  /** Paths in the root project's dbt_project.yml that lead to a configuration of some resource: the kind and the folders, with \0 between. */
  get used(): ReadonlySet<string> {
    return this.#used
  }

  #of(packageName: string, kind: ConfiguredKind, fqn: readonly string[]): Layers {
    const trees = this.#treesOf(packageName, kind)
    if (trees.unrendered === undefined) return NO_LAYERS
    const rendered = this.#levels(trees.rendered, fqn)
    if (packageName === this.#root.name) {
      for (let depth = 1; depth < rendered.length; depth++)
        this.#used.add([kind, ...fqn.slice(0, depth)].join('\0'))
    }
    if (trees.unrendered === trees.rendered) return { rendered, unrendered: rendered }
    return { rendered, unrendered: this.#levels(trees.unrendered, fqn) }
  }

  #levels(tree: unknown, fqn: readonly string[]): readonly Config[] {
    const levels: Config[] = []
    let at: unknown = tree
    for (let depth = 0; isRecord(at); depth++) {
      levels.push(configOf(at))
      const name = fqn[depth]
      if (name === undefined) break
      at = Object.hasOwn(at, name) ? at[name] : undefined
    }
    return levels
  }

  #treesOf(packageName: string, kind: ConfiguredKind): Trees {
    const key = `${packageName}\0${kind}`
    const known = this.#trees.get(key)
    if (known) return known
    const unrendered = this.#packages.get(packageName)?.config.trees[kind]
    const trees = { unrendered, rendered: this.#yaml.projectTree(unrendered, packageName) }
    this.#trees.set(key, trees)
    return trees
  }
}

const NO_LAYERS: Layers = Object.freeze({ rendered: [], unrendered: [] })

const configs = new WeakMap<Config, Config>()

/** The configuration at one level of a tree: keys with a plus, and bare ones that are no folder. */
function configOf(level: Config): Config {
  const known = configs.get(level)
  if (known) return known
  const config: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(level)) {
    if (key.startsWith('+')) config[key.slice(1).trim()] = value
    else if (!isRecord(value)) config[key] = value
  }
  configs.set(level, config)
  return config
}
