import type { LogicalType } from '../batch/logical-type.ts'
import type { Relation } from './relation.ts'

/** A value that may stand in SQL as a literal or a parameter. */
export type Scalar = null | boolean | number | bigint | string

/** How one engine writes the few things that SQL engines write differently. Pure: text in, text out. */
export interface Dialect {
  readonly name: string
  /** Quotes an identifier, doubling quotes inside it. */
  identifier(name: string): string
  /** A relation's full quoted name. */
  relation(relation: Relation): string
  /** A literal; strings are escaped. Values from outside go in as parameters wherever a statement takes them. */
  literal(value: Scalar): string
  /** The engine's name for a type, as in a CREATE TABLE. */
  typeName(type: LogicalType): string
  /** The inverse, for what introspection returns; undefined when the platform has no such type. */
  parseType(name: string): LogicalType | undefined
  /** An expression of `type`, or NULL where `expression` cannot be read as that type without loss. */
  tryCast(expression: string, type: LogicalType): string
  /** A boolean expression: the text matches the (POSIX/RE2 common subset) regular expression somewhere. */
  matches(expression: string, pattern: string): string
  /**
   * An expression of a JSON object (as text) from column names to values; for quarantine payloads. `keys` stand for the names,
   * one for each column, where they are others: they may be longer than names.
   */
  jsonObject(columns: readonly string[], keys?: readonly string[]): string
  /**
   * An expression of a 64-bit hash of the values together. Rows whose values are equal (as GROUP BY has it, NULLs
   * included) have the same hash; others may.
   */
  hash(expressions: readonly string[]): string
  /** An expression of the SHA-256 of a text's UTF-8 bytes, as 64 lower-case hex digits. */
  sha256(expression: string): string
  /** A text in Unicode's composed form, NFC. */
  composed(expression: string): string
  /** A boolean expression: the text or JSON is a JSON array that can be taken apart. */
  isJsonArray(expression: string): string
  /**
   * SQL that may stand in a lateral join: a row for each element of a JSON array, `value` (JSON) and `ordinal` (from 1); none for
   * NULL. Wants what `isJsonArray` is true of.
   */
  jsonElements(expression: string): string
  /** A JSON value, or of an object the value under `key`, as text: strings without quotes, JSON's null as NULL. */
  jsonText(expression: string, key?: string): string
  /** A boolean expression: true, but where `condition` holds for a row it fails the statement. */
  refuse(condition: string): string
  /** A timestamptz expression `hours` (may be fractional) before the current time. */
  hoursAgo(hours: number): string
  /** An aggregate: for how many rows the condition is true, in the form that the engine answers fastest. */
  countWhere(condition: string): string
  /**
   * Whether the engine may know the smallest and largest value of a column without reading it, when nothing else is asked in the
   * same query.
   */
  readonly knowsExtremes: boolean
  /** A positional parameter, counted from 1. */
  parameter(index: number): string
}
