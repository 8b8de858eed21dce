import { readFileSync } from 'node:fs'

/** The kinds of project files that there are schemas for, as `schemas/` of the package has them. */
export const SCHEMA_NAMES = [
  'waterworks',
  'pipeline',
  'contract',
  'properties',
  'dbt_project',
  'profiles',
] as const
export type SchemaName = (typeof SCHEMA_NAMES)[number]

/** A schema's text, from the package: one folder up from `src/` and from `dist/` alike. */
export function schemaText(name: SchemaName): string {
  return readFileSync(new URL(`../../schemas/${name}.json`, import.meta.url), 'utf8')
}
