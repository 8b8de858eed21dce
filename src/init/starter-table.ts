import type { LogicalType } from '../batch/logical-type.ts'
import type { Finding } from '../privacy/recognise/judge-column.ts'
import type { ColumnChecks } from './choose-checks.ts'
import type { Key } from './choose-key.ts'
import type { ColumnProfile } from './profile/table-profile.ts'

/** A column of a table that a starter project is made for. */
export interface StarterColumn {
  readonly profile: ColumnProfile
  /** What the raw table calls it: as the source does, unless the platform needs the name. */
  readonly raw: string
  /** What the staging model calls it. */
  readonly name: string
  readonly checks: ColumnChecks
  /** A table and column of the project in which all of its values are found. */
  readonly references: { readonly table: string; readonly column: string } | undefined
}

/** Where a table's rows come from, as its pipeline says it. */
export interface StarterFiles {
  /** Relative to the project folder. */
  readonly paths: readonly string[]
  readonly encoding: string | undefined
  readonly columns: Readonly<Record<string, LogicalType>>
}

/** A table of a starter project: what its pipeline, its model and its tests are written from. */
export interface StarterTable {
  readonly name: string
  readonly source: string
  /** The files it is filled from; undefined for a table of a database. */
  readonly files: StarterFiles | undefined
  /** The table of the database that it is filled from, as schema.name. */
  readonly from?: string
  readonly rows: number
  readonly rejected: number
  readonly columns: readonly StarterColumn[]
  readonly key: Key | undefined
  /** Columns, and places within JSON, that look like personal data. */
  readonly personal: readonly Finding[]
}

/** The pipeline that fills it. */
export function pipelineName({ source, name, files }: StarterTable): string {
  return files === undefined ? source : `${source}_${name}`
}

/** The model on it. */
export function modelName({ source, name }: StarterTable): string {
  return `stg_${source}__${name}`
}
