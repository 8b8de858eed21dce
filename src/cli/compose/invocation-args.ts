import { sampleWindow } from '../../dbt/reading/sample-window.ts'
import { pythonTime } from '../../dbt/reading/time-window.ts'
import type { Flags } from '../command.ts'
import { varsIn } from './render-texts.ts'

/** Flags that say how a command speaks, not what it does. */
const MANNERS: ReadonlySet<string> = new Set(['json', 'help', 'no-color'])

/** dbt's names of flags, where they are not ours with underscores. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'resource-type': 'resource_types',
  'exclude-resource-type': 'exclude_resource_types',
}

/**
 * What a command was called with, by dbt's names: for artefacts, for `invocation_args_dict` and for doing it again. The time of
 * a sample is settled.
 */
export function invocationArgs(
  flags: Flags,
  command: string | undefined,
  now: string,
): Readonly<Record<string, unknown>> {
  const args: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(flags.all)) {
    if (MANNERS.has(name) || value === undefined) continue
    args[OTHER_NAMES[name] ?? name.replaceAll('-', '_')] = argumentOf(name, value, now)
  }
  return { ...args, ...(command === undefined ? {} : { which: command }) }
}

function argumentOf(name: string, value: unknown, now: string): unknown {
  if (typeof value !== 'string') return value
  if (name === 'vars') return varsIn(value)
  if (name === 'threads') return Number(value)
  if (name !== 'sample') return value
  const { start, end } = sampleWindow(value, new Date(now))
  return { start: pythonTime(start), end: pythonTime(end) }
}

/** The flags that `invocationArgs`, or dbt, wrote down. */
export function flagValuesOf(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = new Map(Object.entries(OTHER_NAMES).map(([ours, theirs]) => [theirs, ours]))
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => {
      const flag = flagValue(value)
      return flag === undefined ? [] : [[names.get(name) ?? name.replaceAll('_', '-'), flag]]
    }),
  )
}

/** As the command line has it: a mapping is its JSON, which is YAML; nothing is no flag. */
function flagValue(value: unknown): unknown {
  if (value === null || value === undefined) return undefined
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(String)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
