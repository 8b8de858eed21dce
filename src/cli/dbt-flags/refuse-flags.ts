import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { HiddenOption } from './hidden-options.ts'

/** Throws WW7001 for a flag of dbt's that is not to be taken in silence, with the reason. */
export function refuseFlags(
  command: string,
  hidden: readonly HiddenOption[],
  values: Readonly<Record<string, unknown>>,
): void {
  for (const { name, flag } of hidden) {
    const { standing } = flag
    const value = values[name]
    if (standing.kind !== 'refused' || value === undefined) continue
    const isOff = value === false
    if (standing.only !== undefined && isOff !== (standing.only === 'off')) continue
    throw new WaterworksError('WW7001', {
      message: `${command} does not take dbt’s flag --${isOff ? 'no-' : ''}${name}: ${standing.because}`,
      hint: 'docs/dbt-flags.md has every flag of dbt’s.',
    })
  }
}
