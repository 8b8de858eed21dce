/**
 * The types of values between connectors and engines. An engine maps each to a type of its own by a documented
 * rule; what it cannot hold exactly is refused or mapped to text, never silently changed.
 */
export type LogicalType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'int8' | 'int16' | 'int32' | 'int64' }
  | { readonly kind: 'uint8' | 'uint16' | 'uint32' | 'uint64' }
  /** Whole numbers of up to 128 bits. */
  | { readonly kind: 'int128' }
  | { readonly kind: 'float32' | 'float64' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'bytes' }
  /** Days since 1970-01-01. */
  | { readonly kind: 'date' }
  /** Microseconds since midnight. */
  | { readonly kind: 'time' }
  /** Microseconds since 1970-01-01, without a zone. */
  | { readonly kind: 'timestamp' }
  /** Microseconds since 1970-01-01 UTC. */
  | { readonly kind: 'timestamptz' }
  | { readonly kind: 'interval' }

export type LogicalKind = LogicalType['kind']

/** A column's name and type, without values. */
export interface Field {
  readonly name: string
  readonly type: LogicalType
}
