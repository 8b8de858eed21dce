import { suggest } from '../../errors/suggest.ts'
import type { References } from '../environment/references.ts'
import { secretsIn } from '../environment/secrets-in.ts'
import type { Intake } from '../intake.ts'
import { interpolate } from '../interpolate.ts'
import type { Origin } from '../origin.ts'
import type { Target } from '../project.ts'
import { type ProfileOutput, profileOutput, profilesFile } from '../schema/profiles-file.ts'
import { hasTemplate, substituteEnvVar } from '../substitute-env-var.ts'
import { validate } from '../validate.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { type Path, removeAt, valueAt } from '../yaml/value-at.ts'
import { duckDbExtras } from './duckdb-extras.ts'
import type { Profiles } from './find-profiles.ts'
import { refusePlainSecrets } from './secrets.ts'

export interface ProfileTargets {
  readonly targets: Readonly<Record<string, Target>>
  readonly defaultTarget: string | undefined
  /** Every output of the profile, also those that cannot be used here. */
  readonly outputs: readonly string[]
}

/**
 * The outputs of one profile as targets. Only the profile that the project names is looked at, and of outputs that
 * are not asked for nothing is demanded.
 */
export function readProfile(
  { file, document: written }: Profiles,
  profile: string,
  target: string | undefined,
  references: References,
  intake: Intake,
): ProfileTargets {
  const none: ProfileTargets = { targets: {}, defaultTarget: undefined, outputs: [] }
  if (!isMapping(written) || !Object.hasOwn(written, profile)) {
    const near = suggest(profile, isMapping(written) ? Object.keys(written) : [])
    intake.error(
      'WW1016',
      { file: 'dbt_project.yml', path: ['profile'] },
      {
        message: `${file} has no profile "${profile}"`,
        hint: near ? `Did you mean "${near}"?` : undefined,
      },
    )
    return none
  }
  refusePlainSecrets(written[profile], { file, path: [profile] }, intake)
  const own = { [profile]: written[profile] }
  const { document, fromEnvironment, unset } = interpolate(own, (text) => substituteEnvVar(text, references))
  for (const secret of secretsIn(document)) references.secrets.add(secret)
  const valid = validate(profilesFile, { intake, file, written: own, document, fromEnvironment })?.[profile]
  if (!valid) return none
  const outputs = valid.outputs ?? {}
  const wanted =
    target ?? valid.target ?? (Object.hasOwn(outputs, 'default') ? 'default' : Object.keys(outputs)[0])
  const targets: Record<string, Target> = {}
  for (const [name, output] of Object.entries(outputs)) {
    const path: Path = [profile, 'outputs', name]
    const missing = unset.filter(({ path: at }) => path.every((segment, index) => segment === at[index]))
    if (output.type !== 'duckdb' && output.type !== 'postgres') {
      const finding = { message: `there is no engine for output "${name}", of type "${output.type}", yet` }
      if (name === wanted) intake.error('WW1911', { file, path: [...path, 'type'] }, finding)
      else intake.warn('WW1911', { file, path: [...path, 'type'] }, finding)
      continue
    }
    if (missing.length > 0 && name !== wanted) continue
    for (const {
      path: at,
      missing: { code, message, hint },
    } of missing) {
      intake.error(code, { file, path: at }, { message, hint })
    }
    const found = readOutput(name, path, {
      file,
      intake,
      written: own,
      document,
      fromEnvironment,
      removed: missing.map((m) => m.path),
    })
    if (found) targets[name] = found
  }
  return { targets, defaultTarget: wanted, outputs: Object.keys(outputs) }
}

interface OutputInput {
  readonly file: string
  readonly intake: Intake
  readonly written: unknown
  readonly document: unknown
  readonly fromEnvironment: ReadonlySet<string>
  readonly removed: readonly Path[]
}

function readOutput(name: string, path: Path, input: OutputInput): Target | undefined {
  const { intake, file } = input
  const output = valueAt(input.removed.reduce(removeAt, input.document), path)
  if (!isMapping(output)) return undefined
  for (const [key, value] of Object.entries(output)) {
    if (typeof value === 'string' && hasTemplate(value)) {
      intake.error(
        'WW1012',
        { file, path: [...path, key] },
        {
          message: `"${key}" of output "${name}" holds a template that cannot be used here`,
        },
      )
    }
  }
  const valid = validate(profileOutput, {
    ...input,
    document: output,
    written: valueAt(input.written, path),
    base: path,
  })
  if (!valid) return undefined
  const known: readonly string[] = valid.type === 'duckdb' ? DUCKDB_KEYS : POSTGRES_KEYS
  for (const key of Object.keys(valid).filter((given) => !known.includes(given))) {
    intake.warn(
      'WW1912',
      { file, path: [...path, key] },
      {
        message: `the setting "${key}" of output "${name}" is not used`,
        part: 'key',
      },
    )
  }
  return readTarget(valid, name, { file, path }, intake)
}

const DUCKDB_KEYS = [
  ...['type', 'path', 'schema', 'database', 'threads', 'settings', 'config_options', 'extensions', 'attach'],
]
const POSTGRES_KEYS = [
  ...['type', 'host', 'port', 'user', 'password', 'pass', 'dbname', 'database', 'schema', 'threads'],
  'allow_plaintext_password',
]

function readTarget(output: ProfileOutput, name: string, origin: Origin, intake: Intake): Target | undefined {
  const threads = output.threads === undefined ? {} : { threads: output.threads }
  if (output.type === 'duckdb') {
    const config = Object.entries(output.config_options ?? {}).map(([key, value]) => [key, String(value)])
    return {
      type: 'duckdb',
      path: output.path ?? ':memory:',
      schema: output.schema ?? 'main',
      ...threads,
      ...(config.length === 0 ? {} : { config: Object.fromEntries(config) }),
      ...duckDbExtras({
        settings: output.settings,
        extensions: output.extensions?.map((each) => (typeof each === 'string' ? each : each.name)),
        attach: output.attach,
      }),
    }
  }
  const database = output.dbname ?? output.database
  if (database === undefined) {
    intake.error('WW1005', origin, { message: `output "${name}" has no "dbname"` })
    return undefined
  }
  return {
    type: 'postgres',
    host: output.host,
    port: output.port ?? 5432,
    user: output.user,
    password: output.password ?? output.pass,
    database,
    schema: output.schema ?? 'public',
    ...threads,
  }
}
