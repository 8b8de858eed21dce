import { WaterworksError } from '../../errors/waterworks-error.ts'
import { toDocument } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { textOf } from '../../jinja/values/text.ts'
import { isMapping as isYamlMapping } from '../../project/yaml/is-mapping.ts'
import type { Config } from '../merge-configs.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import type { Rendering } from './rendering.ts'

/**
 * `config`: called, it configures the file and prints nothing; config.get() and config.require() read. While a file is parsed
 * its configuration is not known yet, and what reads gives an empty text, as in dbt.
 */
export class ConfigValue extends HostObject {
  readonly #rendering: Rendering

  constructor(rendering: Rendering) {
    super()
    this.#rendering = rendering
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    const [given, ...more] = args
    if (more.length > 0 || (given !== undefined && !isMapping(toDocument(given)))) {
      throw wrongCall(
        'config() takes keyword arguments, or one mapping.',
        "Write config(materialized='table').",
      )
    }
    this.#rendering.configure({ ...mapping(toDocument(given)), ...hosted(kwargs) })
    return ''
  }

  override getAttribute(name: string): unknown {
    if (this.#rendering.phase === 'parse' && Object.hasOwn(unread, name)) {
      return hostFunction(name, () => unread[name])
    }
    switch (name) {
      case 'get':
        return hostFunction(name, (args, kwargs) => {
          const [key, fallback] = bindArguments(
            'config.get',
            ['name', 'default', 'validator'],
            1,
            args,
            kwargs,
          )
          const value = this.#read(textArgument('config.get', 'name', key))
          return value === undefined ? (fallback ?? null) : value
        })
      case 'require':
        return hostFunction(name, (args, kwargs) => {
          const [written] = bindArguments('config.require', ['name', 'validator'], 1, args, kwargs)
          const key = textArgument('config.require', 'name', written)
          const value = this.#read(key)
          if (value !== undefined) return value
          const message = `"${this.#rendering.node?.name ?? 'This template'}" needs the configuration "${key}".`
          throw new WaterworksError('WW1212', { message, hint: `Set it with config(${key}=…).` })
        })
      case 'set':
        return hostFunction(name, (args, kwargs) => {
          const [key, value] = bindArguments('config.set', ['name', 'value'], 2, args, kwargs)
          this.#rendering.configure({ [textArgument('config.set', 'name', key)]: toDocument(value) })
          return ''
        })
      case 'meta_get':
      case 'meta_require':
        return hostFunction(name, (args, kwargs) => {
          const [key, fallback] = bindArguments(name, ['name', 'default'], 1, args, kwargs)
          const meta = this.#read('meta')
          const value = isMapping(meta) ? meta[textArgument(name, 'name', key)] : undefined
          if (value !== undefined || name === 'meta_get') return value ?? fallback ?? null
          const message = `"${this.#rendering.node?.name ?? 'This template'}" needs "${textOf(key)}" in its meta.`
          throw new WaterworksError('WW1212', { message })
        })
      case 'persist_relation_docs':
      case 'persist_column_docs':
        return hostFunction(name, () => {
          const asked = this.#read('persist_docs')
          return isMapping(asked) && asked[name === 'persist_column_docs' ? 'columns' : 'relation'] === true
        })
      case 'model':
        return this.#rendering.node ? { ...this.#rendering.node } : null
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return [
      'get',
      'require',
      'set',
      'meta_get',
      'meta_require',
      'persist_relation_docs',
      'persist_column_docs',
    ]
  }

  override toText(): string {
    return '<config>'
  }

  #read(key: string): unknown {
    const config = this.#rendering.config()
    return Object.hasOwn(config, key) ? config[key] : undefined
  }
}

/** What reads a configuration, and gives while a file is parsed. */
const unread: Readonly<Record<string, unknown>> = {
  get: '',
  require: '',
  meta_get: '',
  meta_require: '',
  persist_relation_docs: false,
  persist_column_docs: false,
}

function hosted(kwargs: Kwargs): Config {
  return Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, toDocument(value)]))
}

function isMapping(value: unknown): value is Config {
  return isYamlMapping(value) && !(value instanceof HostObject)
}

function mapping(value: unknown): Config {
  return isMapping(value) ? value : {}
}
