import type { Exporter } from './exported.ts'
import { toAvro } from './to-avro.ts'
import { toDbt } from './to-dbt.ts'
import { toGreatExpectations } from './to-great-expectations.ts'
import { toJsonSchema } from './to-json-schema.ts'
import { toMarkdown } from './to-markdown.ts'
import { toSql } from './to-sql.ts'
import { toTypeScript } from './to-typescript.ts'

/** The forms a contract can be written in, by the word for them. */
export const exporters: Readonly<Record<string, Exporter>> = {
  dbt: toDbt,
  'json-schema': toJsonSchema,
  avro: toAvro,
  'great-expectations': toGreatExpectations,
  sql: toSql,
  typescript: toTypeScript,
  markdown: toMarkdown,
}
