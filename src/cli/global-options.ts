import type { OptionSpec } from './command.ts'

/** Flags that every command takes. */
export const globalOptions: readonly OptionSpec[] = [
  {
    name: 'project-dir',
    env: 'DBT_PROJECT_DIR',
    type: 'string',
    value: 'DIR',
    help: 'The project folder; found upwards from here unless given.',
  },
  {
    name: 'target',
    short: 't',
    env: 'DBT_TARGET',
    type: 'string',
    value: 'NAME',
    help: 'The target to work on; the project’s default unless given.',
  },
  {
    name: 'profiles-dir',
    type: 'string',
    value: 'DIR',
    help: 'The folder of profiles.yml; that of the project, or ~/.dbt, unless given.',
  },
  {
    name: 'vars',
    type: 'string',
    value: 'YAML',
    help: 'Variables for templates, as a YAML mapping: --vars "{start: 2001-01-01}".',
  },
  {
    name: 'json',
    type: 'boolean',
    help: 'Print one JSON document to standard output; everything else goes to standard error.',
  },
  { name: 'quiet', short: 'q', env: 'DBT_QUIET', type: 'boolean', help: 'Print results and errors only.' },
  {
    name: 'log-format',
    env: 'DBT_LOG_FORMAT',
    type: 'string',
    value: 'FORMAT',
    help: 'text or json, for what goes to standard error.',
  },
  {
    name: 'no-color',
    type: 'boolean',
    help: 'Print without colours (as does the environment variable NO_COLOR).',
  },
  {
    name: 'partial-parse',
    type: 'boolean',
    help: 'Parse only what is new since the last time, as is done anyway.',
  },
  { name: 'no-partial-parse', type: 'boolean', help: 'Parse everything anew.' },
  { name: 'debug', type: 'boolean', help: 'Show stack traces.' },
  { name: 'help', short: 'h', type: 'boolean', help: 'Show this help.' },
]

/** Flags of commands that work on a part of the graph. */
export const selectionOptions: readonly OptionSpec[] = [
  {
    name: 'select',
    short: 's',
    type: 'string',
    multiple: true,
    value: 'SELECTOR',
    help: 'Nodes to take: names, tag:…, path:…, with + for what is above (+x) or below (x+).',
  },
  {
    name: 'exclude',
    type: 'string',
    multiple: true,
    value: 'SELECTOR',
    help: 'Nodes to leave out, in the same syntax.',
  },
  {
    name: 'selector',
    type: 'string',
    value: 'NAME',
    help: 'A selection of selectors.yml, in place of --select and --exclude.',
  },
  {
    name: 'models',
    short: 'm',
    type: 'string',
    multiple: true,
    value: 'SELECTOR',
    help: 'dbt’s older name of --select; of ls, models only.',
  },
  {
    name: 'resource-type',
    aliases: ['resource-types'],
    env: 'DBT_RESOURCE_TYPES',
    type: 'string',
    multiple: true,
    value: 'TYPE',
    help: 'Only nodes of this type: pipeline, source, model, test (or check), …',
  },
  {
    name: 'exclude-resource-type',
    aliases: ['exclude-resource-types'],
    env: 'DBT_EXCLUDE_RESOURCE_TYPES',
    type: 'string',
    multiple: true,
    value: 'TYPE',
    help: 'No nodes of this type.',
  },
  {
    name: 'indirect-selection',
    env: 'DBT_INDIRECT_SELECTION',
    type: 'string',
    value: 'MODE',
    help: 'Which tests come along: eager (all), cautious, buildable or empty.',
  },
  {
    name: 'state',
    env: 'DBT_STATE',
    type: 'string',
    value: 'DIR',
    help: 'Artefacts of an earlier run, which state: and result: compare with.',
  },
]
