import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Command, OptionSpec } from '../../src/cli/command.ts'
import { commandTable } from '../../src/cli/command-table.ts'
import { DBT_COMMANDS, type DbtCommand, type DbtFlag } from '../../src/cli/dbt-flags/dbt-flag.ts'
import { DBT_FLAGS } from '../../src/cli/dbt-flags/dbt-flags.ts'
import { flagsFirst } from '../../src/cli/dbt-flags/flags-first.ts'
import { spellingsOf } from '../../src/cli/dbt-flags/hidden-options.ts'
import { globalOptions } from '../../src/cli/global-options.ts'
import { parseFlags } from '../../src/cli/parse-flags.ts'
import { WarningRules } from '../../src/cli/warning-rules.ts'
import { DbtProject } from './support/dbt-project.ts'

/** What dbt 1.10 says of its own command line, each flag with all of its names. */
const ofDbt = z
  .array(
    z.object({
      name: z.string(),
      short: z.array(z.string()),
      aliases: z.array(z.string()),
      takes: z.enum(['nothing', 'value', 'words']),
      negatable: z.boolean(),
      env: z.string().nullable(),
      of: z.array(z.enum(DBT_COMMANDS)),
    }),
  )
  .parse(JSON.parse(readFileSync(new URL('golden/dbt-1.10-flags.json', import.meta.url), 'utf8')))

const commands = new Map<DbtCommand, Command>()
for (const name of DBT_COMMANDS) commands.set(name, await commandTable[name]!.load())

const ownOptions = (name: DbtCommand): readonly OptionSpec[] => [
  ...commands.get(name)!.options,
  ...globalOptions,
]

function spellings({ name, aliases = [], short = [], negatable }: DbtFlag): readonly string[] {
  return [
    ...[name, ...aliases].map((each) => `--${each}`),
    ...short.map((letter) => `-${letter}`),
    ...(negatable ? [`--no-${name}`] : []),
  ]
}

describe('the table of dbt’s flags', () => {
  it('has every flag of dbt 1.10, as dbt has it', () => {
    const shape = (flag: Omit<DbtFlag, 'standing'>) => ({
      spellings: [flag.name, ...(flag.aliases ?? []), ...(flag.short ?? [])].sort(),
      takes: flag.takes,
      negatable: flag.negatable ?? false,
      env: flag.env ?? null,
      of: flag.of.toSorted(),
    })
    // What dbt has twice, of some commands and of others: `models` of ls stands beside its `select`.
    const merged = ofDbt.filter(({ name }) => name !== 'models')
    const sorted = (flags: readonly ReturnType<typeof shape>[]) =>
      flags.toSorted((a, b) => (a.spellings.join() < b.spellings.join() ? -1 : 1))
    expect(sorted(DBT_FLAGS.map(shape))).toEqual(
      sorted(merged.map(({ env, ...flag }) => shape({ ...flag, env: env ?? undefined }))),
    )
  })

  const working = DBT_FLAGS.flatMap((flag) =>
    flag.standing.kind === 'works'
      ? (flag.standing.on ?? flag.of).map((command) => [flag.name, command, flag] as const)
      : [],
  )

  it.each(working)('--%s of %s works in all of its spellings', (_name, command, flag) => {
    const own = ownOptions(command)
    const known = new Set(own.flatMap(spellingsOf))
    expect(spellings(flag).filter((spelling) => !known.has(spelling))).toEqual([])
    const option = own.find((each) => spellingsOf(each).includes(`--${flag.name}`))
    const read = ['profiles-dir', 'version'].includes(flag.name) ? undefined : flag.env
    expect([option?.type, option?.env]).toEqual([flag.takes === 'nothing' ? 'boolean' : 'string', read])
  })

  it('says of no flag that it changes nothing where a command has it', () => {
    const wrong = DBT_FLAGS.flatMap((flag) =>
      flag.of
        .filter((command) => {
          const { standing } = flag
          const works = standing.kind === 'works' && (standing.on ?? flag.of).includes(command)
          return (
            !works && ownOptions(command).some((option) => spellingsOf(option).includes(`--${flag.name}`))
          )
        })
        .map((command) => `${command} --${flag.name}`),
    )
    expect(wrong).toEqual([])
  })

  it('lets a script say any flag, but for those that are refused', () => {
    for (const flag of DBT_FLAGS) {
      for (const command of flag.of) {
        for (const spelling of spellings(flag)) {
          const args = flag.takes === 'nothing' ? [spelling] : [spelling, 'x']
          const parse = () => parseFlags(commands.get(command)!, args)
          const { standing } = flag
          const isOff = spelling.startsWith('--no-') && flag.negatable
          const isRefused =
            standing.kind === 'refused' &&
            (standing.only === undefined || (standing.only === 'off') === isOff)
          if (isRefused) expect(parse, `${command} ${spelling}`).toThrow(standing.because)
          else expect(parse, `${command} ${spelling}`).not.toThrow()
        }
      }
    }
  })
})

describe('flags before the command', () => {
  it('are those of the command', () => {
    expect(flagsFirst(['--quiet', '--log-format', 'json', 'run', '-s', 'a'])).toEqual([
      ...['run', '--quiet', '--log-format', 'json', '-s', 'a'],
    ])
    expect(flagsFirst(['--target=prod', 'ls'])).toEqual(['ls', '--target=prod'])
    expect(flagsFirst(['--select', 'a', 'run'])).toEqual(['--select', 'a', 'run'])
    expect(flagsFirst(['run', '--quiet'])).toEqual(['run', '--quiet'])
  })
})

describe('--warn-error-options', () => {
  const fates = (options: string, isError = false) => {
    const rules = WarningRules.of(isError, options)
    return [rules.fate('WW1303'), rules.fate('WW2106'), rules.failsTests] as const
  }

  it.each([
    ['{}', ['warning', 'warning', false]],
    ['{error: all}', ['error', 'error', true]],
    ['{include: "*", exclude: [NoNodesForSelectionCriteria]}', ['warning', 'error', true]],
    ['{error: [JinjaLogWarning], silence: [WW1303]}', ['silence', 'error', false]],
    ['{error: [LogTestResult]}', ['warning', 'warning', true]],
    ['{error: all, warn: [JinjaLogWarning], silence: [JinjaLogWarning]}', ['error', 'silence', true]],
  ])('%s', (options, expected) => {
    expect(fates(options)).toEqual(expected)
  })

  it.each(['[all]', '{errors: all}', '{error: [no-name]}', '{error: 3}'])('%s is refused', (options) => {
    expect(() => WarningRules.of(false, options)).toThrow('warn-error-options')
  })
})

describe('flags that say how a command speaks and writes', () => {
  const files = {
    'models/a.sql': "{{ log('logged', info=true) }}{{ print('printed') }}select 1 as id",
    'models/a.yml': `models:
  - name: a
    columns: [{name: id, data_tests: [{accepted_values: {arguments: {values: [2]}, config: {severity: warn}}}]}]
`,
  }

  it('log levels, print, and what is written', async () => {
    const project = await DbtProject.create(files)
    expect((await project.run(['compile'])).stderr).toMatch(/logged[\s\S]*printed/)
    const silent = await project.run(['--no-print', 'compile', '--log-level', 'info'])
    expect([silent.stderr.includes('printed'), silent.stderr.includes('logged')]).toEqual([false, true])
    expect((await project.run(['compile', '--log-level', 'warn'])).stderr).toBe('')
    const { stderr } = await project.run(['compile', '--log-level', 'loud'])
    expect(stderr).toContain('--log-level takes debug, info, warn, error, none')
    await project.output(['compile', '--target-path', 'elsewhere', '--no-write-json'])
    const written = await project.run(['ls', '--state', 'elsewhere', '--select', 'state:new'])
    expect(written.code).toBe(2)
    await project.output(['compile', '--target-path', 'elsewhere'])
    expect(await project.output(['ls', '--state', 'elsewhere', '--select', 'state:old'])).toContain('a')
  })

  it('warnings that are errors, of the command line, the environment and the project', async () => {
    const project = await DbtProject.create(files)
    await project.output(['run'])
    const test = ['test']
    expect((await project.run(test)).code).toBe(0)
    expect((await project.run([...test, '--warn-error'])).code).toBe(1)
    expect((await project.run([...test], { env: { DBT_WARN_ERROR: '1' } })).code).toBe(1)
    const missing = ['ls', '--select', 'nothing']
    expect((await project.run(missing)).code).toBe(0)
    const failed = await project.run([...missing, '--warn-error'])
    expect([failed.code, failed.stderr]).toEqual([2, expect.stringMatching(/^error WW1303/m)])
    await project.write({
      'dbt_project.yml': `name: shop
profile: shop
flags:
  warn_error_options: {error: all, silence: [NoNodesForSelectionCriteria]}
`,
    })
    const quiet = await project.run(missing)
    expect([quiet.code, quiet.stderr]).toEqual([0, ''])
    expect((await project.run(test)).code).toBe(1)
    const options = ['--warn-error-options', '{error: [NoNodesForSelectionCriteria]}']
    expect((await project.run([...missing, ...options])).code).toBe(2)
  })

  it('another profile', async () => {
    const project = await DbtProject.create({
      ...files,
      'profiles.yml': `shop: {target: dev, outputs: {dev: {type: duckdb, path: a.duckdb, schema: here}}}
other: {target: ci, outputs: {ci: {type: duckdb, path: b.duckdb, schema: there}}}
`,
    })
    const compiled = (args: readonly string[], env = {}) =>
      project.output(['compile', '--inline', "select '{{ target.schema }}'", '--quiet', ...args], { env })
    expect(await compiled([])).toContain('here')
    expect(await compiled(['--profile', 'other'])).toContain('there')
    expect(await compiled([], { DBT_PROFILE: 'other' })).toContain('there')
  })

  it('refuses what would be missed', async () => {
    const project = await DbtProject.create(files)
    const { code, stderr } = await project.run(['run', '--record-timing-info', 'x.prof'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('it profiles Python')])
  })
})
