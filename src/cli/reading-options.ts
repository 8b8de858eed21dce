import type { OptionSpec } from './command.ts'

/** Flags of the commands that may read nodes where an earlier run built them. */
export const deferOptions: readonly OptionSpec[] = [
  {
    name: 'defer',
    negatable: true,
    env: 'DBT_DEFER',
    type: 'boolean',
    help: 'Read nodes that are not there where the manifest of --state has them.',
  },
  {
    name: 'favor-state',
    negatable: true,
    env: 'DBT_FAVOR_STATE',
    type: 'boolean',
    help: 'With --defer: read what is not selected there, be it here or not.',
  },
  {
    name: 'defer-state',
    env: 'DBT_DEFER_STATE',
    type: 'string',
    value: 'DIR',
    help: 'The manifest to defer to, where it is not that of --state.',
  },
]

/** Of the commands that may do without rows. */
export const emptyFlag: OptionSpec = {
  name: 'empty',
  negatable: true,
  env: 'DBT_EMPTY',
  type: 'boolean',
  help: 'Read no rows: what is built has its columns and nothing in it.',
}

/** Of the commands that may read a time only. */
export const sampleFlag: OptionSpec = {
  name: 'sample',
  env: 'DBT_SAMPLE',
  type: 'string',
  value: 'TIME',
  help: 'Read only rows of a time, by event_time: "3 days", or a mapping of start and end.',
}

/** Of the commands that compile. */
export const introspectFlag: OptionSpec = {
  name: 'introspect',
  negatable: true,
  env: 'DBT_INTROSPECT',
  type: 'boolean',
  help: 'Let templates ask the warehouse, as they may anyway.',
}
