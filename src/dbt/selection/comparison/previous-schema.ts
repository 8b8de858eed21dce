import { z } from 'zod'

const record = z.record(z.string(), z.unknown())
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const nullable = z.unknown().transform((value) => value ?? null)
const ids = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? [])
const mapping = record.nullish().transform((value) => value ?? {})
const list = z
  .array(z.unknown())
  .nullish()
  .transform((value) => value ?? [])
const nameOrNull = z
  .string()
  .nullish()
  .transform((value) => value ?? null)

const dependsOn = z.object({ nodes: ids, macros: ids }).nullish()
const base = { unique_id: z.string(), name: z.string(), fqn: z.array(z.string()), depends_on: dependsOn }

const constraint = z.looseObject({
  type: z.string(),
  name: nameOrNull,
  columns: z.array(z.string()).nullish(),
})
const constraints = z
  .array(constraint)
  .nullish()
  .transform((value) => value ?? [])

const column = z.object({
  name: z.string(),
  description: text,
  data_type: nameOrNull,
  constraints,
})

/** What is compared of a model, seed, snapshot, test, analysis, operation or function. Up to version 6 the code was called `raw_sql`. */
export const previousNode = z
  .object({
    ...base,
    resource_type: z.string(),
    original_file_path: z.string(),
    database: nameOrNull,
    schema: nameOrNull,
    alias: nameOrNull,
    relation_name: nameOrNull,
    raw_code: z.string().optional(),
    raw_sql: z.string().optional(),
    checksum: z.object({ name: z.string(), checksum: z.string() }).nullish(),
    config: mapping,
    unrendered_config: mapping,
    description: text,
    columns: z
      .record(z.string(), column)
      .nullish()
      .transform((value) => value ?? {}),
    contract: z
      .object({ enforced: z.boolean().nullish(), checksum: nameOrNull })
      .nullish()
      .transform((value) => ({ enforced: value?.enforced ?? false, checksum: value?.checksum ?? null })),
    constraints,
    version: z
      .union([z.string(), z.number()])
      .nullish()
      .transform((value) => value ?? null),
    latest_version: z
      .union([z.string(), z.number()])
      .nullish()
      .transform((value) => value ?? null),
    access: z
      .string()
      .nullish()
      .transform((value) => value ?? 'protected'),
    deprecation_date: nameOrNull,
    arguments: z.unknown().optional(),
    returns: z.unknown().optional(),
  })
  .transform(({ raw_sql, ...node }) => ({ ...node, raw_code: node.raw_code ?? raw_sql ?? '' }))

export const previousSource = z.object({
  ...base,
  database: nameOrNull,
  schema: nameOrNull,
  identifier: nameOrNull,
  quoting: mapping,
  freshness: nullable,
  loaded_at_field: nameOrNull,
  external: nullable,
  unrendered_config: mapping,
})

export const previousExposure = z.object({
  ...base,
  type: text,
  owner: mapping,
  maturity: nameOrNull,
  url: nameOrNull,
  description: text,
  label: nameOrNull,
  unrendered_config: mapping,
})

export const previousMetric = z.object({
  ...base,
  type: text,
  description: text,
  label: nameOrNull,
  unrendered_config: mapping,
})

export const previousSemanticModel = z.object({
  ...base,
  model: text,
  description: text,
  defaults: nullable,
  entities: list,
  dimensions: list,
  measures: list,
  config: nullable,
  primary_entity: nameOrNull,
  group: nameOrNull,
})

export const previousSavedQuery = z.object({
  ...base,
  query_params: mapping,
  description: text,
  label: nameOrNull,
  config: nullable,
  group: nameOrNull,
  exports: list,
  tags: nullable,
})

export const previousUnitTest = z.object({ ...base, checksum: nameOrNull })

export const previousMacro = z.object({
  unique_id: z.string(),
  package_name: z.string(),
  macro_sql: z.string(),
})
