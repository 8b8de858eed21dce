/** Variables that are handed on to whoever reads the artifacts. */
const PREFIX = 'DBT_ENV_CUSTOM_ENV_'

/** The variables that begin with dbt's prefix for what readers of artifacts are to see, without it. */
export function metadataEnvs(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(env)
      .filter(([name, value]) => name.startsWith(PREFIX) && value !== undefined)
      .map(([name, value]) => [name.slice(PREFIX.length), value]),
  )
}
