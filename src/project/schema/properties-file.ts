import { z } from 'zod'
import { text, texts } from './fields.ts'

const unused = z.unknown().optional()
const optional = <T extends z.ZodType>(schema: T) => schema.or(z.null()).optional()
const mapping = z.record(z.string(), z.unknown())
/** Whatever a template may stand for: judged when it is rendered. */
const rendered = z.unknown().optional()

/** A test as dbt writes it: its name, or its name with arguments and settings. */
const testEntry = z.union([text, mapping])
const tests = optional(z.array(testEntry))

const description = optional(z.string())
const config = optional(mapping)
const tags = optional(texts)
const version = z.union([text, z.number()])
const constraints = optional(z.array(mapping))

const column = z.strictObject({
  name: text.describe("The column's name."),
  description,
  data_type: optional(text),
  tests: tests.describe('Tests of the column.'),
  data_tests: tests.describe('Tests of the column.'),
  tags,
  quote: rendered,
  meta: rendered,
  config,
  docs: unused,
  policy_tags: unused,
  constraints,
  granularity: optional(text),
  entity: unused,
  dimension: unused,
})

const columns = optional(z.array(column))

/** What models, seeds, snapshots and analyses have in common. */
const described = {
  description,
  config: config.describe('Configuration; the file itself may override it.'),
  columns: columns.describe('Its columns, with their tests.'),
  tests: tests.describe('Tests of the whole.'),
  data_tests: tests.describe('Tests of the whole.'),
  tags,
  meta: rendered,
  docs: rendered,
  group: optional(text),
  access: optional(text),
  contract: rendered,
  data_type: unused,
  quote_columns: rendered,
}

/** Columns that a version takes over from the model: `include` and `exclude`; others are its own. */
const inclusion = z.strictObject({
  include: optional(texts),
  exclude: optional(texts),
})

const modelVersion = z.strictObject({
  v: version.describe('The version.'),
  defined_in: optional(text),
  description,
  access: optional(text),
  config,
  constraints,
  docs: rendered,
  tests,
  data_tests: tests,
  columns: optional(z.array(z.union([inclusion, column]))),
  deprecation_date: optional(text),
})

const model = z.strictObject({
  name: text.describe("The model's name: its file without .sql."),
  ...described,
  deprecation_date: optional(text),
  constraints,
  versions: optional(z.array(modelVersion)),
  latest_version: optional(version),
  time_spine: optional(mapping),
  semantic_model: unused,
  metrics: unused,
  agg_time_dimension: unused,
  primary_entity: unused,
})

const node = z.strictObject({ name: text, ...described })

const snapshot = z.strictObject({
  name: text.describe("The snapshot's name."),
  ...described,
  relation: optional(text).describe('What it records, as ref() or source(), when no file of SQL defines it.'),
})

const table = z.strictObject({
  name: text.describe('The table, as source() names it.'),
  identifier: optional(text).describe('Its name in the database, when another.'),
  description,
  columns,
  tests,
  data_tests: tests,
  tags,
  meta: rendered,
  config,
  docs: unused,
  quoting: rendered,
  loader: unused,
  loaded_at_field: optional(text),
  loaded_at_query: optional(text),
  freshness: rendered,
  external: rendered,
  data_type: unused,
})

const source = z.strictObject({
  name: text.describe('The source, as source() names it.'),
  description,
  database: optional(text),
  schema: optional(text).describe("Where its tables are; the source's name unless given."),
  tables: optional(z.array(table)),
  tests: unused,
  data_tests: unused,
  tags,
  meta: rendered,
  config,
  docs: unused,
  quoting: rendered,
  loader: optional(z.string()),
  loaded_at_field: optional(text),
  loaded_at_query: optional(text),
  freshness: rendered,
  overrides: optional(text),
})

const owner = z.looseObject({ name: optional(text), email: optional(texts) })

const exposure = z.strictObject({
  name: text,
  type: text,
  owner,
  description,
  label: optional(text),
  maturity: optional(text),
  meta: rendered,
  tags,
  url: optional(z.string()),
  depends_on: optional(z.array(text)),
  config,
})

const group = z.strictObject({ name: text, owner, description, config, meta: rendered })

const macro = z.strictObject({
  name: text,
  description,
  arguments: optional(z.array(z.strictObject({ name: text, type: optional(text), description }))),
  meta: rendered,
  docs: rendered,
  config,
})

const rows = z.union([z.array(mapping), z.string()])

const unitTest = z.strictObject({
  name: text,
  model: text.describe('The model that is tested.'),
  description,
  given: optional(
    z.array(
      z.strictObject({
        input: text.describe("ref('…'), source('…', '…') or this."),
        rows: optional(rows),
        format: optional(text),
        fixture: optional(text),
      }),
    ),
  ),
  expect: z.strictObject({ rows: optional(rows), format: optional(text), fixture: optional(text) }),
  overrides: optional(
    z.strictObject({ macros: optional(mapping), vars: optional(mapping), env_vars: optional(mapping) }),
  ),
  versions: optional(
    z.strictObject({ include: optional(z.array(version)), exclude: optional(z.array(version)) }),
  ),
  config,
  tags,
  meta: rendered,
})

const singularTest = z.strictObject({
  name: text,
  description,
  config,
  meta: rendered,
  docs: rendered,
})

/** The semantic layer's own entries are kept as they are: nothing here computes with them. */
const semantic = z.looseObject({ name: text, description, config, tags, meta: rendered })

const functionArgument = z.looseObject({
  name: text,
  data_type: text,
  description,
  default_value: z.unknown().optional(),
})

const functionEntry = z.strictObject({
  name: text.describe("The function's name: its file without .sql."),
  ...described,
  arguments: optional(z.array(functionArgument)).describe('What it takes, in order.'),
  returns: z.looseObject({ data_type: text, description }).describe('What it gives.'),
})

const list = <T extends z.ZodType>(item: T) => optional(z.array(item))

/** A schema.yml of dbt. https://docs.getdbt.com/reference/configs-and-properties */
export const propertiesFile = z
  .strictObject({
    version: unused,
    models: list(model).describe('What models are, column by column.'),
    sources: list(source).describe('Tables that models read with source().'),
    seeds: list(node).describe('What seeds are, column by column.'),
    snapshots: list(snapshot).describe('Snapshots, and those defined here alone.'),
    analyses: list(node).describe('What analyses are.'),
    macros: list(macro).describe('What macros do, and their arguments.'),
    unit_tests: list(unitTest).describe('Tests of models with rows of their own.'),
    data_tests: list(singularTest).describe('What tests under tests/ are.'),
    tests: unused,
    groups: list(group).describe('Groups of models, and who owns them.'),
    exposures: list(exposure).describe('What depends on models, outside the project.'),
    metrics: list(semantic),
    semantic_models: list(semantic),
    saved_queries: list(semantic),
    functions: list(functionEntry).describe('What functions of SQL take and give.'),
    anchors: unused,
  })
  .meta({ title: 'dbt properties' })

export type PropertiesFile = z.infer<typeof propertiesFile>
export type ModelEntry = z.infer<typeof model>
export type NodeEntry = z.infer<typeof node>
export type FunctionEntry = z.infer<typeof functionEntry>
export type SnapshotEntry = z.infer<typeof snapshot>
export type VersionEntry = z.infer<typeof modelVersion>
export type SourceEntry = z.infer<typeof source>
export type TableEntry = z.infer<typeof table>
export type ColumnEntry = z.infer<typeof column>
export type TestEntry = z.infer<typeof testEntry>
export type ExposureEntry = z.infer<typeof exposure>
export type GroupEntry = z.infer<typeof group>
export type MacroEntry = z.infer<typeof macro>
export type UnitTestEntry = z.infer<typeof unitTest>
export type SingularTestEntry = z.infer<typeof singularTest>
export type SemanticEntry = z.infer<typeof semantic>
