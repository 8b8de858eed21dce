import { toDocument } from '../../jinja/values/convert.ts'
import type { Rendering } from '../context/rendering.ts'
import type { Config } from '../merge-configs.ts'
import { printReference } from '../reference.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { isRecord } from './config-rules.ts'
import { isTemplate, nativeValue } from './native-value.ts'
import { refuse } from './refuse.ts'

/** Keys of a path through a document. */
type Keys = readonly (string | number)[]

const HOOKS: ReadonlySet<unknown> = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook'])

/**
 * Renders the templates that stand in YAML: a text that is one expression alone becomes that expression's value, number or list
 * included; any other stays a text. They see variables, the environment and the target, and refer to no node.
 */
export class YamlValues {
  readonly #renderer: TemplateRenderer
  readonly #log: (message: string) => void

  constructor(renderer: TemplateRenderer, log: (message: string) => void) {
    this.#renderer = renderer
    this.#log = log
  }

  /** A tree of dbt_project.yml; hooks in it are rendered when they run. The same object where there is no template. */
  projectTree(tree: unknown, packageName: string): unknown {
    return this.#map(tree, packageName, 'dbt_project.yml', [], (keys) =>
      keys.some((key) => HOOKS.has(typeof key === 'string' ? key.replace(/^[+ ]+/, '') : key)),
    )
  }

  /** An entry of a properties file, but for what `kept` says is rendered later. The same object where there is no template. */
  entry<T>(entry: T, packageName: string, file: string, kept: (keys: Keys) => boolean): T
  entry(entry: unknown, packageName: string, file: string, kept: (keys: Keys) => boolean): unknown {
    return this.#map(entry, packageName, file, [], kept)
  }

  /** Every text below a value, at any depth. */
  all(value: unknown, packageName: string, file: string): unknown {
    return this.#map(value, packageName, file, [], () => false)
  }

  #map(
    value: unknown,
    packageName: string,
    file: string,
    keys: Keys,
    kept: (keys: Keys) => boolean,
  ): unknown {
    if (typeof value === 'string') {
      if (kept(keys)) return value
      // A template's last line break goes, and dbt renders every text.
      if (!isTemplate(value)) return value.endsWith('\n') ? value.slice(0, -1) : value
      return toDocument(nativeValue(value, file, this.#renderer.context(this.#rendering(packageName))))
    }
    if (Array.isArray(value)) {
      let changed = false
      const items = value.map((item: unknown, index) => {
        const mapped = this.#map(item, packageName, file, [...keys, index], kept)
        changed ||= mapped !== item
        return mapped
      })
      return changed ? items : value
    }
    if (isRecord(value)) {
      let changed: Record<string, unknown> | undefined
      for (const key in value) {
        const mapped = this.#map(value[key], packageName, file, [...keys, key], kept)
        if (mapped === value[key]) continue
        changed ??= { ...value }
        changed[key] = mapped
      }
      return changed ?? value
    }
    return value
  }

  #rendering(packageName: string): Rendering {
    return {
      phase: 'compile',
      node: undefined,
      packageName,
      relation: undefined,
      withoutClock: false,
      resolve: (reference) => refuse(printReference(reference)),
      configure: () => refuse('config()'),
      config: () => NO_CONFIG,
      log: (message, level) => {
        if (level === 'info') this.#log(message)
      },
      warn: this.#log,
      connection: undefined,
      manifest: undefined,
      given: NO_CONFIG,
    }
  }
}

const NO_CONFIG: Config = Object.freeze({})
