import type { PyFloat } from '../values/float.ts'
import { MethodTableBuilder } from './method.ts'

/** Python's int methods that make sense in a template. */
export const integerMethods = new MethodTableBuilder<number | bigint | boolean>()
  .add('bit_length', [], (value) => {
    const whole = BigInt(value)
    return whole === 0n ? 0 : (whole < 0n ? -whole : whole).toString(2).length
  })
  .build()

/** Python's float methods that make sense in a template. */
export const floatMethods = new MethodTableBuilder<PyFloat>()
  .add('is_integer', [], (float) => Number.isInteger(float.value))
  .build()
