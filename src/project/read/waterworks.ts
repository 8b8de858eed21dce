import type { Intake } from '../intake.ts'
import { type Environment, interpolate, substituteShell } from '../interpolate.ts'
import type { Target } from '../project.ts'
import { type WaterworksFile, waterworksFile } from '../schema/waterworks-file.ts'
import { isTimeZone } from '../time-zone.ts'
import { validate } from '../validate.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { type Path, removeAt } from '../yaml/value-at.ts'
import { refusePlainSecrets } from './secrets.ts'

export const WATERWORKS_FILE = 'waterworks.yml'

const DEFAULT_PATH = '.waterworks/warehouse.duckdb'

/** The target of a project that declares none. */
export const EMBEDDED_TARGET: Target = { type: 'duckdb', path: DEFAULT_PATH, schema: 'main' }

/**
 * waterworks.yml, validated. A target, connection or alert channel that needs a variable which is not set is left
 * out, unless it is the target that was asked for: a laptop need not know the passwords of production.
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
  const { document, fromEnvironment, unset } = interpolate(written, env, substituteShell)
  const removed: Path[] = []
  const wanted = target ?? writtenDefault(document)
  for (const { path, name } of unset) {
    const optional =
      path.length > 2 && OPTIONAL.includes(String(path[0])) && !(path[0] === 'targets' && path[1] === wanted)
    removed.push(
      optional ? path.slice(0, 2) : path.slice(0, path.findLastIndex((part) => typeof part === 'string') + 1),
    )
    if (!optional) {
      intake.error('WW1010', { file, path }, { message: `the environment variable ${name} is not set` })
    }
  }
  const cleaned = removed.reduce(removeAt, document)
  const valid = validate(waterworksFile, {
    intake,
    file,
    written,
    document: cleaned,
    fromEnvironment,
    removed,
  })
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

const OPTIONAL: readonly string[] = ['targets', 'connections', 'alert_channels']

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
          { type: 'duckdb', path: given.path ?? DEFAULT_PATH, schema: given.schema ?? 'main', ...threads },
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
