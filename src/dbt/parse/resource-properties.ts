import type { Origin } from '../../project/origin.ts'
import type { ColumnEntry, TestEntry } from '../../project/schema/properties-file.ts'
import type { Config } from '../merge-configs.ts'
import { isRecord } from './config-rules.ts'
import type { Described } from './properties-index.ts'

/** What a properties file says of one node. */
export interface ResourceProperties {
  readonly packageName: string
  readonly config: Config
  readonly description: string
  readonly columns: readonly ColumnEntry[]
  readonly tests: readonly TestEntry[]
  readonly dataTests: readonly TestEntry[]
  readonly quoteColumns: boolean
  readonly origin: Origin
  readonly patchPath: string
}

interface Entry {
  readonly name: string
  readonly description?: string | null | undefined
  readonly config?: Config | null | undefined
  readonly columns?: readonly ColumnEntry[] | null | undefined
  readonly tests?: readonly TestEntry[] | null | undefined
  readonly data_tests?: readonly TestEntry[] | null | undefined
  readonly quote_columns?: unknown
}

/** Keys that may stand beside `config`, and mean the same there. */
const BESIDE = ['meta', 'docs', 'group', 'access', 'contract'] as const

export function propertiesOf<T extends Entry>({
  entry,
  origin,
  packageName,
  patchPath,
}: Described<T>): ResourceProperties {
  return {
    packageName,
    config: configOf(entry),
    description: entry.description ?? '',
    columns: entry.columns ?? [],
    tests: entry.tests ?? [],
    dataTests: entry.data_tests ?? [],
    quoteColumns: entry.quote_columns === true,
    origin,
    patchPath,
  }
}

/** An entry's configuration, with what stands beside it taken in. */
export function configOf(entry: Entry): Config {
  const config: Record<string, unknown> = { ...entry.config }
  const beside: Readonly<Record<string, unknown>> = { ...entry }
  for (const key of BESIDE) {
    const value = beside[key]
    if (value === undefined || value === null) continue
    config[key] =
      key === 'meta' && isRecord(value) && isRecord(config['meta']) ? { ...value, ...config['meta'] } : value
  }
  return config
}
