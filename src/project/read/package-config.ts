import { hash } from 'node:crypto'
import { floatText, PyFloat } from '../../jinja/values/float.ts'
import type { ConfiguredKind, PackageConfig } from '../package.ts'
import type { DbtProjectFile } from '../schema/dbt-project-file.ts'
import { asList } from '../schema/fields.ts'
import { isMapping } from '../yaml/is-mapping.ts'
import { trimmed } from './trimmed.ts'

/** The keys of dbt_project.yml that configure each kind; where there are two, the later one wins. */
const TREES: Readonly<Record<ConfiguredKind, readonly (keyof DbtProjectFile)[]>> = {
  models: ['models'],
  seeds: ['seeds'],
  snapshots: ['snapshots'],
  data_tests: ['tests', 'data_tests'],
  sources: ['sources'],
  unit_tests: ['unit_tests'],
  exposures: ['exposures'],
  metrics: ['metrics'],
  semantic_models: ['semantic-models'],
  saved_queries: ['saved-queries'],
  functions: ['functions'],
}

const KINDS = Object.keys(TREES) as readonly ConfiguredKind[]

/**
 * What a dbt_project.yml says beside where its files are. What may hold templates is taken as it is written, without even
 * env_var() resolved, as comparisons of state look at that.
 */
export function packageConfig(
  file: DbtProjectFile | undefined,
  written: unknown,
  text: string,
): PackageConfig {
  const raw = isMapping(written) ? written : {}
  const trees: Partial<Record<ConfiguredKind, unknown>> = {}
  for (const kind of KINDS) {
    for (const key of TREES[kind]) if (isMapping(file?.[key])) trees[kind] = raw[key]
  }
  const { quoting, flags, profile } = file ?? {}
  return {
    checksum: hash('sha256', trimmed(text).text),
    version: file?.version === undefined ? undefined : versionText(raw['version']),
    profile,
    vars: file?.vars && isMapping(raw['vars']) ? raw['vars'] : {},
    trees,
    onRunStart: file?.['on-run-start'] ? hooks(raw['on-run-start']) : [],
    onRunEnd: file?.['on-run-end'] ? hooks(raw['on-run-end']) : [],
    dispatch: (file?.dispatch ?? []).map((entry) => ({
      namespace: entry.macro_namespace,
      searchOrder: entry.search_order,
    })),
    quoting: Object.fromEntries(
      (['database', 'schema', 'identifier'] as const).flatMap((part) => {
        const quoted = quoting?.[part]
        return typeof quoted === 'boolean' ? [[part, quoted]] : []
      }),
    ),
    queryComment: raw['query-comment'],
    restrictAccess: file?.['restrict-access'] ?? false,
    flags: flags ?? {},
  }
}

function hooks(written: unknown): readonly string[] {
  if (typeof written === 'string') return [written]
  return Array.isArray(written) ? asList(written.filter((hook) => typeof hook === 'string')) : []
}

/** `version: 1.0` is the text 1.0. */
function versionText(version: unknown): string | undefined {
  if (version === undefined || version === null) return undefined
  return version instanceof PyFloat ? floatText(version.value) : String(version)
}
