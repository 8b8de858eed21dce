import type { Intake } from '../intake.ts'
import { type Environment, interpolate, substituteShell } from '../interpolate.ts'
import type { Target } from '../project.ts'
import { type WaterworksFile, waterworksFile } from '../schema/waterworks-file.ts'
import { isTimeZone } from '../time-zone.ts'
import { removeUnset, type Verdict } from '../unset-variables.ts'
import { validate } from '../validate.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { type Path, valueAt } from '../yaml/value-at.ts'
import { refusePlainSecrets } from './secrets.ts'

export const WATERWORKS_FILE = 'waterworks.yml'

const DEFAULT_PATH = '.waterworks/warehouse.duckdb'

/** The target of a project that declares none. */
export const EMBEDDED_TARGET: Target = { type: 'duckdb', path: DEFAULT_PATH, schema: 'main' }

/**
 * waterworks.yml, validated. A target that needs a variable which is not set is left out, unless it is the one that
 * was asked for: a laptop need not know the passwords of production.
 */
export function readWaterworks(
  written: unknown,
  env: Environment,
  target: string | undefined,
  intake: Intake,
): WaterworksFile {
  const file = WATERWORKS_FILE
  if (written === undefined) return {}
  for (const key of ['targets', 'connections', 'alert_channels']) {
    if (isMapping(written)) refusePlainSecrets(written[key], { file, path: [key] }, intake)
  }
  const interpolated = interpolate(written, env, substituteShell)
  const wanted = target ?? writtenDefault(interpolated.document)
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
  return valid ?? {}
}

/** What becomes of a value that lacks its variable. */
function judge(path: Path, wanted: string | undefined, written: unknown): Verdict {
  const [section, name, key] = path
  if (section === 'targets' && name !== undefined) return name === wanted ? 'report' : path.slice(0, 2)
  const needless =
    section === 'alert_channels' ||
    (section === 'connections' && valueAt(written, [section, name ?? '', 'type']) !== 'files')
  return needless && key !== undefined && key !== 'type' ? 'drop' : 'report'
}

/** The target that is used when none is asked for, as far as a document not yet validated tells. */
function writtenDefault(document: unknown): string | undefined {
  if (!isMapping(document)) return undefined
  if (typeof document['default_target'] === 'string') return document['default_target']
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
