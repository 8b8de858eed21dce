import { returnFunction } from '../../jinja/runtime/return-function.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { DatetimeValue } from './datetime-value.ts'
import { envVarFunction } from './env-var.ts'
import { pythonFunctions } from './python-functions.ts'
import { targetValues } from './target-values.ts'

/** Stand-ins for the clock and the run's id where equal code has to give equal text. */
const fixedMoment = new Date(0)
const fixedRunId = '00000000-0000-0000-0000-000000000000'

/** The version of dbt whose meaning these templates have. */
const dbtVersion = '1.10.0'

/** The names that mean the same in every file. */
export function sharedContext(settings: TemplateSettings): Readonly<Record<string, unknown>> {
  return {
    ...pythonFunctions,
    target: targetValues(settings.targetName, settings.target),
    project_name: settings.projectName,
    run_started_at: new DatetimeValue(new Date(settings.now)),
    invocation_id: settings.runId,
    env_var: envVarFunction(settings.env),
    return: returnFunction,
    dbt_version: dbtVersion,
    flags: { FULL_REFRESH: false, STORE_FAILURES: false, WHICH: 'build' },
  }
}

/** What replaces the clock's names. */
export const fixedClock: Readonly<Record<string, unknown>> = {
  run_started_at: new DatetimeValue(fixedMoment),
  invocation_id: fixedRunId,
}
