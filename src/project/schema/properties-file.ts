import { z } from 'zod'
import { text, texts } from './fields.ts'

const unused = z.unknown().optional()
const later = z.unknown().optional().describe('Not yet used.')

/** A test as dbt writes it: its name, or its name with arguments and settings. */
const testEntry = z.union([text, z.record(z.string(), z.unknown())])
const tests = z.array(testEntry).or(z.null()).optional()

const description = z.string().or(z.null()).optional()
const config = z.record(z.string(), z.unknown()).or(z.null()).optional()

const column = z.strictObject({
  name: text.describe("The column's name."),
  description,
  data_type: text.optional(),
  tests: tests.describe('Tests of the column.'),
  data_tests: tests.describe('Tests of the column.'),
  tags: texts.optional(),
  quote: unused,
  meta: unused,
  config,
  docs: unused,
  policy_tags: unused,
  constraints: later,
  granularity: later,
  entity: later,
  dimension: later,
})

const columns = z.array(column).or(z.null()).optional()

const model = z.strictObject({
  name: text.describe("The model's name: its file without .sql."),
  description,
  config: config.describe('Configuration; the model itself may override it.'),
  columns: columns.describe('Its columns, with their tests.'),
  tests: tests.describe('Tests of the model as a whole.'),
  data_tests: tests.describe('Tests of the model as a whole.'),
  tags: texts.optional(),
  meta: unused,
  docs: unused,
  group: unused,
  access: unused,
  deprecation_date: unused,
  constraints: later,
  versions: later,
  latest_version: later,
  time_spine: later,
  semantic_model: later,
  metrics: later,
  agg_time_dimension: later,
  primary_entity: later,
})

const table = z.strictObject({
  name: text.describe('The table, as source() names it.'),
  identifier: text.optional().describe('Its name in the database, when another.'),
  description,
  columns,
  tests,
  data_tests: tests,
  tags: texts.optional(),
  meta: unused,
  config,
  docs: unused,
  quoting: unused,
  loader: unused,
  loaded_at_field: unused,
  loaded_at_query: unused,
  freshness: later,
  external: later,
})

const source = z.strictObject({
  name: text.describe('The source, as source() names it.'),
  description,
  database: unused,
  schema: text.optional().describe("Where its tables are; the source's name unless given."),
  tables: z.array(table).or(z.null()).optional(),
  tests,
  data_tests: tests,
  tags: texts.optional(),
  meta: unused,
  config,
  docs: unused,
  quoting: unused,
  loader: unused,
  loaded_at_field: unused,
  loaded_at_query: unused,
  freshness: later,
  overrides: later,
})

/** A schema.yml of dbt. https://docs.getdbt.com/reference/configs-and-properties */
export const propertiesFile = z
  .strictObject({
    version: unused,
    models: z.array(model).or(z.null()).optional().describe('What models are, column by column.'),
    sources: z.array(source).or(z.null()).optional().describe('Tables that models read with source().'),
    anchors: unused,
    seeds: later,
    snapshots: later,
    macros: unused,
    analyses: unused,
    data_tests: unused,
    tests: unused,
    groups: unused,
    exposures: later,
    metrics: later,
    semantic_models: later,
    saved_queries: later,
    unit_tests: later,
    functions: later,
  })
  .meta({ title: 'dbt properties' })

export type PropertiesFile = z.infer<typeof propertiesFile>
export type ModelEntry = z.infer<typeof model>
export type SourceEntry = z.infer<typeof source>
export type TableEntry = z.infer<typeof table>
export type ColumnEntry = z.infer<typeof column>
export type TestEntry = z.infer<typeof testEntry>
