import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'

/** dbt's mark of variables that must never reach SQL. */
const secretPrefix = 'DBT_ENV_SECRET'

/** `env_var(name, default)`. Throws WW2104 for one that is not set, and for secrets, whose place is a profile. */
export function envVarFunction(env: Readonly<Record<string, string | undefined>>): HostFunction {
  return hostFunction('env_var', (args, kwargs) => {
    const [written, fallback] = bindArguments('env_var', ['name', 'default'], 1, args, kwargs)
    const name = textArgument('env_var', 'name', written)
    if (name.startsWith(secretPrefix)) {
      throw new WaterworksError('WW2104', {
        message: `The variable ${name} is a secret, and what a template prints is not.`,
        hint: 'Use it in waterworks.yml or profiles.yml only.',
      })
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    if (value !== undefined) return value
    if (fallback !== undefined) return fallback
    const near = suggest(name, Object.keys(env))
    throw new WaterworksError('WW2104', {
      message: `The environment variable ${name} is not set.`,
      hint: near ? `Did you mean ${near}?` : undefined,
    })
  })
}
