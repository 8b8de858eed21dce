import type { References } from '../environment/references.ts'
import { secretsIn } from '../environment/secrets-in.ts'
import type { Intake } from '../intake.ts'
import { interpolate, type Substitution } from '../interpolate.ts'
import type { Target } from '../project.ts'
import { asList } from '../schema/fields.ts'
import { secretSource, type WaterworksFile, waterworksFile } from '../schema/waterworks-file.ts'
import { substituteReferences } from '../substitute-references.ts'
import { isTimeZone } from '../time-zone.ts'
import { removeUnset, type Verdict } from '../unset-variables.ts'
import { validate } from '../validate.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { type Path, valueAt } from '../yaml/value-at.ts'
import { duckDbExtras } from './duckdb-extras.ts'
import { refusePlainAddresses, refusePlainSecrets } from './secrets.ts'

export const WATERWORKS_FILE = 'waterworks.yml'

const DEFAULT_PATH = '.waterworks/warehouse.duckdb'

/** The target of a project that declares none. */
export const EMBEDDED_TARGET: Target = { type: 'duckdb', path: DEFAULT_PATH, schema: 'main' }

export interface WaterworksSources {
  readonly written: unknown
  readonly references: References
  /** The target that was asked for; `*` when all are to be usable. */
  readonly target: string | undefined
}

/**
 * waterworks.yml, validated. A target that needs a variable or secret which is not there is left out, unless it is the
 * one that was asked for: a laptop need not know the passwords of production. Nor is the secret command asked for them. `lacking` says
 * what connections need and what is not there, by connection.
 */
export function readWaterworks(
  { written, references, target }: WaterworksSources,
  intake: Intake,
): { readonly valid: WaterworksFile; readonly lacking: ReadonlyMap<string, readonly string[]> } {
  const file = WATERWORKS_FILE
  if (written === undefined) return { valid: {}, lacking: new Map() }
  refuseWrittenSecrets(written, intake)
  references.command = secretCommand(written)
  const wanted = target ?? writtenDefault(written, references)
  const interpolated = interpolate(written, (text, [section, name]) => {
    const unwanted = section === 'targets' && wanted !== '*' && name !== wanted && text.includes('${secret:')
    return unwanted ? NOT_ASKED : substituteReferences(text, references)
  })
  const { document } = interpolated
  if (isMapping(document)) {
    const { targets, connections, alert_channels } = document
    for (const secret of secretsIn({ targets, connections, alert_channels })) references.secrets.add(secret)
  }
  const cleaned = removeUnset(interpolated, file, intake, (path) => judge(path, wanted, written))
  const valid = validate(waterworksFile, { intake, file, written, ...cleaned })
  if (valid?.defaults?.timezone !== undefined && !isTimeZone(valid.defaults.timezone)) {
    intake.error(
      'WW1008',
      { file, path: ['defaults', 'timezone'] },
      {
        message: `"${valid.defaults.timezone}" is not a time zone`,
        hint: 'Use a name such as UTC or Europe/Paris.',
      },
    )
  }
  const lacks = interpolated.unset.filter(({ path }) => path[0] === 'connections')
  const lacking = Map.groupBy(lacks, ({ path }) => String(path[1]))
  return {
    valid: valid ?? {},
    lacking: new Map(
      [...lacking].map(([name, unset]) => [name, unset.map(({ missing }) => missing.message)]),
    ),
  }
}

/** A secret that is not looked up, of a target that is not used. */
const NOT_ASKED: Substitution = { missing: { code: 'WW1042', message: 'the secret was not asked for' } }

function refuseWrittenSecrets(written: unknown, intake: Intake): void {
  if (!isMapping(written)) return
  const guarded = ['targets', 'connections', 'alert_channels']
  for (const [key, value] of Object.entries(written)) {
    const origin = { file: WATERWORKS_FILE, path: [key] }
    if (guarded.includes(key)) refusePlainSecrets(value, origin, intake)
    else refusePlainAddresses(value, origin, intake)
  }
}

/** The command for secrets, which is needed before the file can be validated; what is wrong with it is told then. */
function secretCommand(written: unknown): References['command'] {
  const parsed = secretSource.safeParse(isMapping(written) ? written['secrets'] : undefined)
  if (!parsed.success) return undefined
  const { command, timeout_seconds: timeoutSeconds = SECRET_TIMEOUT_SECONDS } = parsed.data
  return { command: asList(command), timeoutSeconds }
}

const SECRET_TIMEOUT_SECONDS = 30

/** What becomes of a value that lacks its variable. */
function judge(path: Path, wanted: string | undefined, written: unknown): Verdict {
  const [section, name, key] = path
  if (section === 'targets' && name !== undefined) return name === wanted ? 'report' : path.slice(0, 2)
  const needless =
    section === 'alert_channels' ||
    section === 'privacy' ||
    (section === 'connections' && valueAt(written, [section, name ?? '', 'type']) !== 'files')
  return needless && key !== undefined && key !== 'type' ? 'drop' : 'report'
}

/** The target that is used when none is asked for, as far as a document not yet validated tells. */
function writtenDefault(document: unknown, references: References): string | undefined {
  if (!isMapping(document)) return undefined
  const named = document['default_target']
  if (typeof named === 'string') {
    const found = substituteReferences(named, references)
    return 'text' in found ? found.text : named
  }
  const names = isMapping(document['targets']) ? Object.keys(document['targets']) : []
  return names.length === 1 ? names[0] : names.find((name) => name === 'dev')
}

/** Targets of waterworks.yml with their defaults filled in. */
export function readTargets(targets: WaterworksFile['targets']): Record<string, Target> {
  return Object.fromEntries(
    Object.entries(targets ?? {}).map(([name, given]): [string, Target] => {
      const threads = given.threads === undefined ? {} : { threads: given.threads }
      if (given.type === 'duckdb') {
        return [
          name,
          {
            type: 'duckdb',
            path: given.path ?? DEFAULT_PATH,
            schema: given.schema ?? 'main',
            memoryLimit: given.memory_limit,
            ...threads,
            ...duckDbExtras(given),
          },
        ]
      }
      return [
        name,
        {
          type: 'postgres',
          host: given.host ?? 'localhost',
          port: given.port ?? 5432,
          user: given.user,
          password: given.password,
          database: given.database,
          schema: given.schema ?? 'public',
          ...threads,
        },
      ]
    }),
  )
}
