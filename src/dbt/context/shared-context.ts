import { returnFunction } from '../../jinja/runtime/return-function.ts'
import { dbtVersion } from '../dbt-version.ts'
import { metadataEnvs } from '../metadata-envs.ts'
import { datetimeModule } from '../python/datetime-module.ts'
import { DatetimeValue } from '../python/datetime-value.ts'
import { itertoolsModule } from '../python/itertools-module.ts'
import { pytzModule } from '../python/pytz-module.ts'
import { reModule } from '../python/re-module.ts'
import { utc } from '../python/time-zone.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { envVarFunction } from './env-var.ts'
import { flagValues } from './flag-values.ts'
import { pythonFunctions } from './python-functions.ts'
import { targetValues } from './target-values.ts'

/** Stand-ins for the clock and the run's id where equal code has to give equal text. */
const fixedMoment = 0
const fixedRunId = '00000000-0000-0000-0000-000000000000'

/** The names that mean the same in every file. `onClock` hears when one of them is asked for the time of now. */
export function sharedContext(
  settings: TemplateSettings,
  onClock: () => void = () => {},
): Readonly<Record<string, unknown>> {
  const now = Date.parse(settings.now)
  return {
    ...pythonFunctions,
    target: targetValues(settings),
    project_name: settings.projectName,
    run_started_at: DatetimeValue.at(now, utc),
    invocation_id: settings.runId,
    thread_id: 'Thread-1',
    env_var: envVarFunction(settings.env),
    return: returnFunction,
    dbt_version: dbtVersion,
    flags: flagValues(settings),
    modules: modules(() => {
      onClock()
      return Date.now()
    }),
    invocation_args_dict: settings.invocationArgs ?? {},
    dbt_metadata_envs: metadataEnvs(settings.env),
    selected_resources: settings.selectedResources ?? [],
  }
}

/** What replaces the clock's names. */
export const fixedClock: Readonly<Record<string, unknown>> = {
  run_started_at: DatetimeValue.at(fixedMoment, utc),
  invocation_id: fixedRunId,
  modules: modules(() => fixedMoment),
}

function modules(now: () => number): Readonly<Record<string, unknown>> {
  return { datetime: datetimeModule(now), pytz: pytzModule, re: reModule, itertools: itertoolsModule }
}
