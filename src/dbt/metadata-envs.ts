/** Variables that are handed on to whoever reads the artifacts. */
const PREFIX = 'DBT_ENV_CUSTOM_ENV_'

/** The variables that begin with dbt's prefix for what readers of artifacts are to see, without it. */
export function metadataEnvs(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Reflect.ownKeys(env)
      // No other variable is looked at: who notes what is asked for hears of these alone.
      .filter((name) => typeof name === 'string' && name.startsWith(PREFIX))
      .map((name) => [String(name).slice(PREFIX.length), env[String(name)]])
      .filter(([, value]) => value !== undefined),
  )
}
