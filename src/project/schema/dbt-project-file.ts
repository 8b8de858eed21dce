import { z } from 'zod'
import { identifier, text, texts } from './fields.ts'

const later = z.unknown().optional().describe('Not yet used.')
const unused = z.unknown().optional()
const paths = texts.optional()

/** dbt_project.yml. https://docs.getdbt.com/reference/dbt_project.yml */
export const dbtProjectFile = z
  .strictObject({
    name: identifier.describe("The project's name."),
    version: unused,
    'config-version': unused,
    'require-dbt-version': unused,
    profile: text.optional().describe('A profile of profiles.yml.'),
    'model-paths': paths.describe('Folders of models.'),
    'macro-paths': paths.describe('Folders of macros.'),
    'test-paths': paths.describe('Folders of tests.'),
    'seed-paths': paths,
    'snapshot-paths': paths,
    'analysis-paths': paths,
    'asset-paths': paths,
    'docs-paths': paths,
    'function-paths': paths,
    'clean-targets': unused,
    'target-path': unused,
    'log-path': unused,
    'packages-install-path': unused,
    flags: unused,
    models: z.record(z.string(), z.unknown()).optional().describe('Configuration by folder.'),
    vars: z.record(z.string(), z.unknown()).optional().describe('Values that models read with var().'),
    seeds: later,
    snapshots: later,
    sources: later,
    tests: later,
    data_tests: later,
    unit_tests: later,
    exposures: later,
    metrics: later,
    functions: later,
    'semantic-models': later,
    'saved-queries': later,
    'on-run-start': later,
    'on-run-end': later,
    dispatch: later,
    quoting: later,
    'query-comment': unused,
    'restrict-access': later,
    'dbt-cloud': unused,
  })
  .meta({ title: 'dbt project' })

/** Keys of dbt_project.yml that would change what is built, and do not yet. */
export const LATER_DBT_KEYS = [
  'seeds',
  'snapshots',
  'sources',
  'tests',
  'data_tests',
  'unit_tests',
  'exposures',
  'metrics',
  'functions',
  'semantic-models',
  'saved-queries',
  'on-run-start',
  'on-run-end',
  'dispatch',
  'quoting',
  'restrict-access',
] as const

export type DbtProjectFile = z.infer<typeof dbtProjectFile>
