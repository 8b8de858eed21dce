import { parseArgs } from 'node:util'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Command, Flags, OptionSpec } from './command.ts'
import { hiddenOptions } from './dbt-flags/hidden-options.ts'
import { refuseFlags } from './dbt-flags/refuse-flags.ts'
import { globalOptions } from './global-options.ts'

/**
 * Reads a command's arguments; flags that are not among them may stand in the environment, and after it in the project, which is asked
 * with what was said of its folder. Flags of dbt's that change nothing are taken. Throws WW7001 for a flag it does not have, with the
 * nearest one it has, and for one of dbt's that is refused.
 */
export function parseFlags(
  command: Command,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
  defaults: (projectDir: string | undefined) => Values = () => ({}),
): { readonly flags: Flags; readonly positionals: readonly string[] } {
  const own = [...command.options, ...globalOptions]
  const hidden = hiddenOptions(command.name, own)
  const specs = [...own, ...hidden]
  const options = Object.fromEntries(
    specs.flatMap(({ name, aliases = [], short, type, multiple = false, negatable = false }) => [
      [name, { type, multiple, ...(short === undefined ? {} : { short }) }],
      ...[...aliases, ...(negatable ? [`no-${name}`] : [])].map((other) => [
        other,
        { type, multiple, ...(other.length === 1 ? { short: other } : {}) },
      ]),
    ]),
  )
  try {
    const parsed = parseArgs({ args: spread(args, specs), options, allowPositionals: true, tokens: true })
    const { positionals } = parsed
    const values = { ...parsed.values, ...lastWords(parsed.tokens, specs) }
    if (positionals.length > 0 && command.positionals === undefined) {
      throw new WaterworksError('WW7001', {
        message: `${command.name} takes no argument ${positionals[0]}`,
        hint: `See \`waterworks ${command.name} --help\`.`,
      })
    }
    refuseFlags(command.name, hidden, underOneName(values, specs))
    const said = withEnvironment(underOneName(values, specs), own, env)
    const dir = said['project-dir']
    return {
      flags: flagsOf(withDefaults(said, own, defaults(typeof dir === 'string' ? dir : undefined))),
      positionals,
    }
  } catch (cause) {
    if (cause instanceof WaterworksError) throw cause
    throw unknownFlag(command, own, cause)
  }
}

/** dbt lets one --select take several words; every word up to the next flag gets a flag of its own. */
function spread(args: readonly string[], specs: readonly OptionSpec[]): string[] {
  const spelled = new Set<string>(
    specs
      .filter((spec) => spec.multiple)
      .flatMap((spec) => [
        ...[spec.name, ...(spec.aliases ?? [])].map((name) => `--${name}`),
        ...(spec.short ? [`-${spec.short}`] : []),
      ]),
  )
  const numbered = new Set(specs.filter(({ type }) => type === 'string').map(({ name }) => `--${name}`))
  const result: string[] = []
  let taking: string | undefined
  let first = false
  for (const arg of args) {
    const before = result.at(-1)
    if (/^-\d+$/.test(arg) && before !== undefined && numbered.has(before)) {
      // Parsers take a number below zero for a flag, where it is no part of one.
      result[result.length - 1] = `${before}=${arg}`
    } else if (arg.startsWith('-')) {
      taking = spelled.has(arg) ? arg : undefined
      first = true
      result.push(arg)
    } else if (taking !== undefined && !first) {
      result.push(taking, arg)
    } else {
      first = false
      result.push(arg)
    }
  }
  return result
}

type Values = Readonly<Record<string, unknown>>

/** Of flags that may be negated: what was said last. */
function lastWords(
  tokens: readonly { readonly kind: string; readonly name?: string }[],
  specs: readonly OptionSpec[],
): Values {
  const negatable = specs.filter((spec) => spec.negatable).map(({ name }) => name)
  const result: Record<string, boolean> = {}
  for (const name of negatable) {
    const last = tokens.findLast((token) => token.name === name || token.name === `no-${name}`)
    if (last !== undefined) result[name] = last.name === name
  }
  return result
}

/** What was given by another name of a flag, under its own. */
function underOneName(values: Values, specs: readonly OptionSpec[]): Values {
  const result: Record<string, unknown> = { ...values }
  for (const { name, aliases = [] } of specs) {
    for (const alias of aliases) {
      if (values[alias] === undefined) continue
      const known = result[name]
      result[name] = Array.isArray(known) ? [...known, ...[values[alias]].flat()] : values[alias]
    }
  }
  return result
}

/** As dbt reads its variables: words apart by spaces, and true or false in several spellings. */
function withEnvironment(
  values: Values,
  specs: readonly OptionSpec[],
  env: Readonly<Record<string, string | undefined>>,
): Values {
  const result: Record<string, unknown> = { ...values }
  for (const { name, env: variable, type, multiple } of specs) {
    const text = variable === undefined ? undefined : env[variable]
    if (text === undefined || text === '' || values[name] !== undefined) continue
    if (multiple) result[name] = text.split(/[\s,]+/).filter(Boolean)
    else if (type === 'string') result[name] = text
    else if (/^(1|t|true|y|yes|on)$/i.test(text)) result[name] = true
    else if (/^(0|f|false|n|no|off)$/i.test(text)) result[name] = false
    else {
      throw new WaterworksError('WW7001', { message: `${variable} is true or false, and not ${text}` })
    }
  }
  return result
}

/** What was said, and of what was not what the project says. */
function withDefaults(values: Values, specs: readonly OptionSpec[], defaults: Values): Values {
  const result: Record<string, unknown> = { ...values }
  for (const { name, type } of specs) {
    const value = defaults[name]
    if (result[name] === undefined && typeof value === type) result[name] = value
  }
  return result
}

/** Flags by their names: texts, lists of texts, true or false. */
export function flagsOf(values: Values): Flags {
  return Object.freeze({
    all: values,
    text(name: string) {
      const value = values[name]
      return typeof value === 'string' ? value : undefined
    },
    texts(name: string) {
      const value = values[name]
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
    },
    isSet: (name: string) => values[name] === true,
    choice(name: string) {
      const value = values[name]
      return typeof value === 'boolean' ? value : undefined
    },
  })
}

function unknownFlag(command: Command, specs: readonly OptionSpec[], cause: unknown): WaterworksError {
  const message = cause instanceof Error ? cause.message : String(cause)
  const flag = /'(-[^' ]*)/.exec(message)?.[1]
  const nearest =
    flag &&
    suggest(
      flag.replace(/^-+/, ''),
      specs.map((spec) => spec.name),
    )
  return new WaterworksError('WW7001', {
    message: `${command.name}: ${flag && /Unknown option/.test(message) ? `there is no flag ${flag}` : message.split('. ')[0]}`,
    hint: nearest
      ? `Did you mean --${nearest}? See \`waterworks ${command.name} --help\`.`
      : `See \`waterworks ${command.name} --help\`.`,
    cause,
  })
}
