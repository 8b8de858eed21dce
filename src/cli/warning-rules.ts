import { errorCatalogue } from '../errors/catalogue.ts'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { isMapping } from '../project/yaml/is-mapping.ts'
import { parseYaml } from '../project/yaml/parse-yaml.ts'

/** What becomes of a warning. */
export type WarningFate = 'warning' | 'error' | 'silence'

/** dbt's names of warnings, and our codes for the same. Of others of dbt's there is none here. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  NoNodesForSelectionCriteria: ['WW1303'],
  NodeNotFoundOrDisabled: ['WW1201', 'WW1202', 'WW1206', 'WW1221'],
  NoNodeForYamlKey: ['WW1207'],
  MacroNotFoundForPatch: ['WW1207'],
  JinjaLogWarning: ['WW2106'],
  UnversionedBreakingChange: ['WW1306'],
}

/** dbt's name of what a test of severity warn finds. */
const TEST_RESULT = 'LogTestResult'

const LISTS = ['error', 'include', 'warn', 'exclude', 'silence'] as const

/** Which warnings are errors, and which are not told. */
export class WarningRules {
  readonly #error: ReadonlySet<string> | 'all'
  readonly #warn: ReadonlySet<string>
  readonly #silence: ReadonlySet<string>

  constructor(error: ReadonlySet<string> | 'all', warn: ReadonlySet<string>, silence: ReadonlySet<string>) {
    this.#error = error
    this.#warn = warn
    this.#silence = silence
  }

  /** What `--warn-error` and `--warn-error-options` ask for. Throws WW7001 for options that are none. */
  static of(isError: boolean, options: string | undefined): WarningRules {
    const given = options === undefined ? {} : optionsIn(options)
    const wanted = given['error'] ?? given['include']
    const isAll = isError || wanted === 'all' || wanted === '*'
    const error = isAll ? 'all' : namesIn(wanted, 'error')
    const warn = namesIn(given['warn'] ?? given['exclude'], 'warn')
    return new WarningRules(error, warn, namesIn(given['silence'], 'silence'))
  }

  /** What becomes of a warning by its code: silence goes before warn, and warn before error. */
  fate(code: string): WarningFate {
    const names = [code, ...Object.keys(CODES).filter((name) => CODES[name]!.includes(code))]
    return this.#fate(names)
  }

  /** Whether a test of severity warn fails where it would have warned. */
  get failsTests(): boolean {
    return this.#fate([TEST_RESULT]) === 'error'
  }

  #fate(names: readonly string[]): WarningFate {
    const isIn = (set: ReadonlySet<string>) => names.some((name) => set.has(name))
    if (isIn(this.#silence)) return 'silence'
    if (isIn(this.#warn)) return 'warning'
    return this.#error === 'all' || isIn(this.#error) ? 'error' : 'warning'
  }
}

function optionsIn(text: string): Readonly<Record<string, unknown>> {
  const value = parseYaml(text, '--warn-error-options', 'pyyaml')
  if (!isMapping(value)) {
    throw new WaterworksError('WW7001', {
      message: '--warn-error-options takes a YAML mapping',
      hint: 'For example: --warn-error-options \'{"error": "all", "warn": ["NoNodesForSelectionCriteria"]}\'',
    })
  }
  const known: readonly string[] = LISTS
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) {
    const near = suggest(unknown, LISTS)
    throw new WaterworksError('WW7001', {
      message: `--warn-error-options has error, warn and silence, and no ${unknown}`,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }
  return value
}

/** Names of dbt's, such as `NoNodesForSelectionCriteria` and `Deprecations`, and codes of ours. */
function namesIn(value: unknown, key: string): ReadonlySet<string> {
  if (value === undefined || value === null) return new Set()
  const names: readonly unknown[] = Array.isArray(value) ? value : [value]
  for (const name of names) {
    if (typeof name === 'string' && (/^[A-Z][A-Za-z]+$/.test(name) || Object.hasOwn(errorCatalogue, name)))
      continue
    throw new WaterworksError('WW7001', {
      message: `--warn-error-options: ${key} takes names of warnings, not ${String(name)}`,
      hint: 'They are those of dbt, such as NoNodesForSelectionCriteria, and codes such as WW1303.',
    })
  }
  return new Set(names.map(String))
}
