import { WaterworksError } from '../../errors/waterworks-error.ts'
import { toHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import type { Config } from '../merge-configs.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import type { Rendering } from './rendering.ts'

/** `config`: called, it configures the file and prints nothing; config.get() and config.require() read. */
export class ConfigValue extends HostObject {
  readonly #rendering: Rendering

  constructor(rendering: Rendering) {
    super()
    this.#rendering = rendering
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    const [given, ...more] = args
    if (more.length > 0 || (given !== undefined && !isMapping(toHost(given)))) {
      throw wrongCall(
        'config() takes keyword arguments, or one mapping.',
        "Write config(materialized='table').",
      )
    }
    this.#rendering.configure({ ...mapping(toHost(given)), ...hosted(kwargs) })
    return ''
  }

  override getAttribute(name: string): unknown {
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
          return this.#read(textArgument('config.get', 'name', key)) ?? fallback ?? null
        })
      case 'require':
        return hostFunction(name, (args, kwargs) => {
          const [written] = bindArguments('config.require', ['name', 'validator'], 1, args, kwargs)
          const key = textArgument('config.require', 'name', written)
          const value = this.#read(key)
          if (value !== undefined || this.#rendering.phase === 'parse') return value ?? ''
          const message = `"${this.#rendering.node?.name ?? 'This template'}" needs the configuration "${key}".`
          throw new WaterworksError('WW1212', { message, hint: `Set it with config(${key}=…).` })
        })
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['get', 'require']
  }

  override toText(): string {
    return '<config>'
  }

  #read(key: string): unknown {
    const config = this.#rendering.config()
    return Object.hasOwn(config, key) ? config[key] : undefined
  }
}

function hosted(kwargs: Kwargs): Config {
  return Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, toHost(value)]))
}

function isMapping(value: unknown): value is Config {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof HostObject)
  )
}

function mapping(value: unknown): Config {
  return isMapping(value) ? value : {}
}
