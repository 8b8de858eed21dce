import type { Kwargs } from './kwargs.ts'

/** An operator that a host object may answer, named as in templates. */
export type HostOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**'

/**
 * An object of the host (or of the runtime itself) that templates can use: what it prints, which attributes it has.
 * Override only what the object can do; the rest fails as it would in Python.
 */
export abstract class HostObject {
  /** Its type's name, for messages. */
  get typeName(): string {
    return 'object'
  }

  /** The attribute, or undefined when there is none. Values are converted as function results are. */
  getAttribute(_name: string): unknown {
    return undefined
  }

  /** Names to suggest when an attribute is misspelt. */
  attributeNames(): Iterable<string> {
    return []
  }

  /** What it prints: Python's str(). */
  abstract toText(): string

  /** What it prints inside of a list: Python's repr(). */
  toRepr(): string {
    return this.toText()
  }

  /** `object[key]`, or undefined when there is no such item. */
  getItem(_key: unknown): unknown {
    return undefined
  }

  /** `{% set object.name = value %}`; false when its attributes cannot be set. */
  setAttribute(_name: string, _value: unknown): boolean {
    return false
  }

  /** Whether `object is mapping`. */
  isMapping(): boolean {
    return false
  }

  /** Whether `object is number`. */
  isNumber(): boolean {
    return false
  }

  /** Makes the object callable. May give a native Promise. */
  call?(args: readonly unknown[], kwargs: Kwargs): unknown

  /** Makes the object iterable. */
  iterate?(): Iterable<unknown>

  /** Python's len(). */
  size?(): number

  /** Python's bool(). */
  isTrue(): boolean {
    return this.size ? this.size() > 0 : true
  }

  /** `==` */
  equals(other: unknown): boolean {
    return this === other
  }

  /** What makes two of them the same dict key. */
  hashKey(): unknown {
    return this
  }

  /** Negative, zero or positive; undefined when the two have no order. */
  compare(_other: unknown): number | undefined {
    return undefined
  }

  /** The result of `object operator other`, or of `other operator object` when reflected; undefined when there is none. */
  operate(_operator: HostOperator, _other: unknown, _reflected: boolean): unknown {
    return undefined
  }
}
