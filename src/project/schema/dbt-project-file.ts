import { z } from 'zod'
import { identifier, text, texts } from './fields.ts'

const unused = z.unknown().optional()
const paths = texts.optional()
const tree = z.record(z.string(), z.unknown()).or(z.null()).optional()

/** dbt_project.yml. https://docs.getdbt.com/reference/dbt_project.yml */
export const dbtProjectFile = z
  .strictObject({
    name: identifier.describe("The project's name."),
    version: z.union([z.string(), z.number()]).or(z.null()).optional(),
    'config-version': unused,
    'require-dbt-version': unused,
    profile: text.optional().describe('A profile of profiles.yml.'),
    'model-paths': paths.describe('Folders of models.'),
    'source-paths': paths.describe('What model-paths was called once.'),
    'data-paths': paths.describe('What seed-paths was called once.'),
    'macro-paths': paths.describe('Folders of macros.'),
    'test-paths': paths.describe('Folders of tests.'),
    'seed-paths': paths,
    'snapshot-paths': paths,
    'analysis-paths': paths,
    'asset-paths': paths,
    'docs-paths': paths,
    'function-paths': paths.describe('Folders of functions.'),
    'clean-targets': unused,
    'target-path': unused,
    'log-path': unused,
    'packages-install-path': text
      .optional()
      .describe('Where packages are installed; dbt_packages unless given.'),
    flags: z.record(z.string(), z.unknown()).or(z.null()).optional(),
    models: tree.describe('Configuration of models by folder.'),
    vars: tree.describe('Values that models read with var().'),
    seeds: tree.describe('Configuration of seeds by folder.'),
    snapshots: tree.describe('Configuration of snapshots by folder.'),
    sources: tree.describe('Configuration of sources by folder.'),
    tests: tree.describe('Configuration of tests by folder.'),
    data_tests: tree.describe('Configuration of tests by folder.'),
    unit_tests: tree,
    exposures: tree,
    metrics: tree,
    functions: tree.describe('Configuration of functions by folder.'),
    'semantic-models': tree,
    'saved-queries': tree,
    'on-run-start': texts.or(z.null()).optional().describe('SQL to run before anything else.'),
    'on-run-end': texts.or(z.null()).optional().describe('SQL to run after everything else.'),
    dispatch: z
      .array(z.looseObject({ macro_namespace: text, search_order: z.array(text) }))
      .or(z.null())
      .optional()
      .describe('Which packages are asked first for the macros of a package.'),
    quoting: z.record(z.string(), z.unknown()).or(z.null()).optional(),
    'query-comment': unused,
    'restrict-access': z.boolean().optional(),
    'dbt-cloud': unused,
  })
  .meta({ title: 'dbt project' })

export type DbtProjectFile = z.infer<typeof dbtProjectFile>
