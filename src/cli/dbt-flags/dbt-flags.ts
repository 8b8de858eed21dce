import { DBT_COMMANDS, type DbtCommand, type DbtFlag, type Standing } from './dbt-flag.ts'

const EVERY: readonly DbtCommand[] = DBT_COMMANDS
const SELECTING: readonly DbtCommand[] = [
  ...(['build', 'clone', 'compile', 'docs', 'ls', 'run', 'seed'] as const),
  ...(['show', 'snapshot', 'source', 'test'] as const),
]
const RUNNING: readonly DbtCommand[] = ['build', 'clone', 'retry', 'run', 'seed', 'snapshot', 'test']
const DEFERRING: readonly DbtCommand[] = ['build', 'clone', 'compile', 'run', 'snapshot', 'test']
const THREADED: readonly DbtCommand[] = EVERY.filter(
  (command) => !['clean', 'debug', 'deps', 'init', 'ls'].includes(command),
)
const TARGETED: readonly DbtCommand[] = EVERY.filter(
  (command) => !['debug', 'deps', 'init'].includes(command),
)

type Shape = Pick<DbtFlag, 'short' | 'aliases' | 'negatable' | 'env'>

function flag(
  name: string,
  takes: DbtFlag['takes'],
  of: readonly DbtCommand[],
  standing: Standing,
  shape: Shape = {},
): DbtFlag {
  return { name, takes, of, standing, ...shape }
}

const toggle = (name: string, of: readonly DbtCommand[], standing: Standing, shape: Shape = {}) =>
  flag(name, 'nothing', of, standing, { negatable: true, env: variableOf(name), ...shape })
const valued = (name: string, of: readonly DbtCommand[], standing: Standing, shape: Shape = {}) =>
  flag(name, 'value', of, standing, { env: variableOf(name), ...shape })

function variableOf(name: string): string {
  return `DBT_${name.replaceAll('-', '_').toUpperCase()}`
}

const works = (note?: string, on?: readonly DbtCommand[]): Standing => ({
  kind: 'works',
  ...(note === undefined ? {} : { note }),
  ...(on === undefined ? {} : { on }),
})
const idle = (because: string): Standing => ({ kind: 'idle', because })
const refused = (because: string, only?: 'on' | 'off'): Standing => ({
  kind: 'refused',
  because,
  ...(only === undefined ? {} : { only }),
})

const ASKS_ALONE = 'the warehouse is asked for a relation when a template wants it; nothing is listed ahead'
const NO_LOG_FILE = 'no dbt.log is written; what happened is in .waterworks and shown by `runs`'
const NO_SITE = 'there is no documentation site to serve; `docs generate` writes what other sites read'
const OWN_PARSER = 'templates are read by one parser, which needs no second one to be checked by'

/**
 * Every flag of dbt 1.10's command line and what becomes of it here. docs/dbt-flags.md is written from it, and a test holds it to the
 * flags that the commands have and to those that dbt has.
 */
export const DBT_FLAGS: readonly DbtFlag[] = [
  // What to work on
  flag('select', 'words', SELECTING, works(), { short: ['s', 'm'], aliases: ['models', 'model'] }),
  flag('exclude', 'words', SELECTING, works()),
  flag('selector', 'value', SELECTING, works()),
  flag('resource-type', 'words', ['build', 'clone', 'ls', 'test'], works(), {
    aliases: ['resource-types'],
    env: 'DBT_RESOURCE_TYPES',
  }),
  flag('exclude-resource-type', 'words', ['build', 'clone', 'ls', 'test'], works(), {
    aliases: ['exclude-resource-types'],
    env: 'DBT_EXCLUDE_RESOURCE_TYPES',
  }),
  valued('indirect-selection', EVERY, works(undefined, SELECTING)),
  valued('state', EVERY, works(undefined, [...SELECTING, 'retry'])),
  toggle('defer', EVERY, works('`clone` and `show` read where the project builds', DEFERRING)),
  valued('defer-state', EVERY, works(undefined, DEFERRING)),
  toggle('favor-state', EVERY, works(undefined, DEFERRING)),
  valued('deprecated-state', EVERY, refused('dbt has given it up for --state'), {
    env: 'DBT_ARTIFACT_STATE_PATH',
  }),
  valued('deprecated-defer', EVERY, refused('dbt has given it up for --defer'), {
    env: 'DBT_DEFER_TO_STATE',
  }),
  valued('deprecated-favor-state', EVERY, refused('dbt has given it up for --favor-state'), {
    env: 'DBT_FAVOR_STATE_MODE',
  }),

  // Where things are
  valued('project-dir', EVERY, works()),
  valued('profiles-dir', EVERY, works()),
  valued('profile', EVERY, works('a project whose targets are in waterworks.yml has none')),
  valued('target', EVERY, works(), { short: ['t'] }),
  valued('target-path', TARGETED, works()),
  flag('vars', 'value', EVERY, works()),

  // How to run
  flag('threads', 'value', THREADED, works('other commands work one node after another', RUNNING)),
  toggle('single-threaded', EVERY, works('as `--threads 1`', RUNNING)),
  toggle('fail-fast', EVERY, works(undefined, RUNNING), { short: ['x'] }),
  toggle('full-refresh', ['build', 'clone', 'compile', 'retry', 'run', 'seed', 'show'], works(), {
    short: ['f'],
    negatable: false,
  }),
  toggle('store-failures', ['build', 'test'], works(), { negatable: false }),
  toggle('empty', ['build', 'compile', 'run', 'snapshot'], works()),
  valued('sample', ['build', 'run'], works()),
  valued('event-time-start', ['build', 'run'], works()),
  valued('event-time-end', ['build', 'run'], works()),
  flag('show', 'nothing', ['build', 'seed'], works('`build` shows no rows', ['seed'])),
  flag('inline', 'value', ['compile', 'show'], works()),
  flag('inline-direct', 'value', ['show'], refused('`sql` runs a query as it is')),
  toggle(
    'inject-ephemeral-ctes',
    ['compile'],
    refused('ephemeral models are part of what reads them', 'off'),
    { env: undefined },
  ),
  toggle('introspect', ['compile', 'show'], works('a node that asks the warehouse is an error without')),
  flag(
    'limit',
    'value',
    ['show'],
    works('5 unless given, as in dbt, with `--select` or `--inline` and `--output`; else 20, and 0 for all'),
  ),
  flag('output', 'value', ['compile', 'ls', 'show'], works('of `show` also a file to write')),
  flag('output', 'value', ['source'], works(), { short: ['o'] }),
  flag('output-keys', 'words', ['ls'], works()),
  flag('args', 'value', ['run-operation'], works()),
  toggle('export-saved-queries', ['build'], idle('dbt alone exports no saved query either')),
  toggle('include-saved-query', ['build'], idle('dbt alone exports no saved query either')),

  // What is said and written
  toggle('debug', EVERY, works('shows the stack of an error; statements are below target/run'), {
    short: ['d'],
  }),
  toggle('quiet', EVERY, works('results and errors only'), { short: ['q'] }),
  toggle('print', EVERY, works('what print() says')),
  valued('log-level', EVERY, works()),
  valued('log-format', EVERY, works('`debug` and `default` are text')),
  valued('log-level-file', EVERY, idle(NO_LOG_FILE)),
  valued('log-format-file', EVERY, idle(NO_LOG_FILE)),
  valued('log-path', EVERY, idle(NO_LOG_FILE)),
  valued('log-file-max-bytes', EVERY, idle(NO_LOG_FILE)),
  toggle('use-colors', EVERY, works('on a terminal')),
  toggle('use-colors-file', EVERY, idle(NO_LOG_FILE)),
  valued('printer-width', EVERY, idle('lines are as long as what they say')),
  toggle('deprecated-print', EVERY, idle('dbt has given it up for --print'), { env: 'DBT_NO_PRINT' }),
  toggle('log-cache-events', EVERY, idle(ASKS_ALONE)),
  toggle('show-all-deprecations', EVERY, idle('every warning is shown'), { env: undefined }),
  toggle('write-json', EVERY, works('compiled code is written all the same, as by dbt')),
  flag('warn-error', 'nothing', EVERY, works(), { env: 'DBT_WARN_ERROR' }),
  valued('warn-error-options', EVERY, works('takes our codes beside dbt’s names')),
  flag('record-timing-info', 'value', EVERY, refused('it profiles Python, which does not run here'), {
    short: ['r'],
  }),
  toggle(
    'upload-to-artifacts-ingest-api',
    EVERY,
    refused('nothing is sent to dbt Labs; upload target/*.json yourself', 'on'),
  ),
  toggle('send-anonymous-usage-stats', EVERY, idle('nothing is sent to anyone')),
  flag('version', 'nothing', EVERY, works(), { short: ['v', 'V'] }),

  // How files are read
  toggle('partial-parse', EVERY, works('commands go on from what was read before')),
  toggle('partial-parse-file-diff', EVERY, idle('what changed is told by the contents of files')),
  valued(
    'partial-parse-file-path',
    EVERY,
    idle('what was read is kept in .waterworks/parse and .waterworks/parsed'),
  ),
  toggle('static-parser', EVERY, idle(OWN_PARSER)),
  toggle('use-experimental-parser', EVERY, idle(OWN_PARSER)),
  toggle('macro-debugging', EVERY, idle('errors name file, line and macros by themselves')),
  toggle(
    'version-check',
    EVERY,
    works('of packages; require-dbt-version is not held against Waterworks', ['deps']),
  ),
  toggle('use-fast-test-edges', EVERY, idle('the order of tests costs little as it is')),
  toggle('populate-cache', EVERY, idle(ASKS_ALONE)),
  toggle('cache-selected-only', EVERY, idle(ASKS_ALONE)),

  // Of single commands
  toggle('compile', ['docs'], works(), { env: undefined }),
  flag('empty-catalog', 'nothing', ['docs'], works()),
  flag('static', 'nothing', ['docs'], refused(NO_SITE)),
  toggle('browser', ['docs'], refused(NO_SITE), { env: undefined }),
  valued('host', ['docs'], refused(NO_SITE)),
  flag('port', 'value', ['docs'], refused(NO_SITE)),
  toggle(
    'clean-project-files-only',
    ['clean'],
    refused('nothing outside of the project is ever removed', 'off'),
  ),
  flag('config-dir', 'nothing', ['debug'], idle('`debug` names every file that it has read')),
  flag('connection', 'nothing', ['debug'], idle('`debug` tests the connections with everything else')),
  flag('add-package', 'value', ['deps'], works()),
  flag('source', 'value', ['deps'], works()),
  flag('lock', 'nothing', ['deps'], works()),
  flag('upgrade', 'nothing', ['deps'], works()),
  flag('skip-profile-setup', 'nothing', ['init'], idle('`init` asks for data, and not for a profile'), {
    short: ['s'],
  }),
  toggle('show-resource-report', [], idle('dbt has it where there is no command')),
]
