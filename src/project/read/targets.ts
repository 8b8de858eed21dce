import type { References } from '../environment/references.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { Target } from '../project.ts'
import type { WaterworksFile } from '../schema/waterworks-file.ts'
import { unknownTarget } from '../unknown-target.ts'
import { DBT_PROJECT_FILE } from './dbt-project.ts'
import type { Profiles } from './find-profiles.ts'
import { readProfile } from './profiles.ts'
import { EMBEDDED_TARGET, readTargets, WATERWORKS_FILE } from './waterworks.ts'

export interface TargetSources {
  readonly waterworks: WaterworksFile
  /** `profile:` of dbt_project.yml. */
  readonly profile: string | undefined
  /** profiles.yml as written; undefined when there is none. */
  readonly profiles: Profiles | undefined
  /** The target that was asked for. */
  readonly wanted: string | undefined
  readonly references: References
  /** Whether waterworks.yml declares targets at all, usable or not. */
  readonly declared: readonly string[]
}

export interface Targets {
  readonly targets: Readonly<Record<string, Target>>
  readonly defaultTarget: string
}

/** The targets of waterworks.yml if it has any, else those of the dbt profile, else the embedded warehouse, `dev`. */
export function resolveTargets(sources: TargetSources, intake: Intake): Targets {
  const { waterworks, profile, wanted } = sources
  if (sources.declared.length > 0) {
    const targets = readTargets(waterworks.targets)
    return { targets, defaultTarget: chooseTarget(sources, Object.keys(targets), intake) }
  }
  if (profile !== undefined && sources.profiles !== undefined) {
    const read = readProfile(
      sources.profiles,
      profile,
      wanted ?? waterworks.default_target,
      sources.references,
      intake,
    )
    const chosen = read.defaultTarget ?? 'dev'
    if (read.outputs.length > 0 && !read.outputs.includes(chosen)) {
      const inProject = wanted === undefined && waterworks.default_target !== undefined
      const place = inProject
        ? DEFAULT_TARGET_KEY
        : { file: sources.profiles.file, path: [profile, 'target'] }
      refuseTarget(chosen, read.outputs, place, intake)
    }
    return { targets: read.targets, defaultTarget: chosen }
  }
  if (profile !== undefined && !intake.isFaulty({ file: DBT_PROJECT_FILE, path: ['profile'] })) {
    intake.warn(
      'WW1016',
      { file: DBT_PROJECT_FILE, path: ['profile'] },
      {
        message: `there is no profiles.yml, so the profile "${profile}" is not used`,
        hint: 'The embedded DuckDB warehouse is used. Add profiles.yml beside dbt_project.yml or in ~/.dbt, or targets to waterworks.yml.',
      },
    )
  }
  const asked = wanted ?? waterworks.default_target ?? 'dev'
  if (asked !== 'dev') refuseTarget(asked, ['dev'], DEFAULT_TARGET_KEY, intake)
  return { targets: { dev: EMBEDDED_TARGET }, defaultTarget: 'dev' }
}

function chooseTarget(sources: TargetSources, usable: readonly string[], intake: Intake): string {
  const { declared, waterworks, wanted } = sources
  const named = wanted ?? waterworks.default_target
  if (named !== undefined) {
    if (!declared.includes(named))
      refuseTarget(named, declared, wanted === undefined ? DEFAULT_TARGET_KEY : TARGETS_KEY, intake)
    return named
  }
  if (declared.length === 1) return declared[0]!
  if (declared.includes('dev')) return 'dev'
  intake.error(
    'WW1005',
    { file: WATERWORKS_FILE, path: ['targets'] },
    {
      message: 'there are several targets and no "default_target"',
      hint: `Add default_target: ${usable[0] ?? declared[0]}.`,
    },
  )
  return declared[0]!
}

const DEFAULT_TARGET_KEY: Origin = { file: WATERWORKS_FILE, path: ['default_target'] }
const TARGETS_KEY: Origin = { file: WATERWORKS_FILE, path: ['targets'] }

function refuseTarget(name: string, known: readonly string[], origin: Origin, intake: Intake): void {
  const { message, hint } = unknownTarget(name, known)
  intake.error('WW1013', origin, { message, hint })
}
