import { z } from 'zod'
import { PyDict } from '../../src/jinja/values/dict.ts'
import { PyFloat } from '../../src/jinja/values/float.ts'
import { PyTuple } from '../../src/jinja/values/tuple.ts'

const float = z.strictObject({ $float: z.string() })
const tuple = z.strictObject({ $tuple: z.array(z.unknown()) })
const dict = z.strictObject({ $dict: z.array(z.tuple([z.unknown(), z.unknown()])) })

/** A context value of golden.json as a template value; see plain() in make-golden.py. */
export function fromGolden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromGolden)
  if (typeof value !== 'object' || value === null) return value
  const asFloat = float.safeParse(value)
  if (asFloat.success) return new PyFloat(Number(asFloat.data.$float))
  const asTuple = tuple.safeParse(value)
  if (asTuple.success) return new PyTuple(asTuple.data.$tuple.map(fromGolden))
  return PyDict.of(dict.parse(value).$dict.map(([key, item]) => [fromGolden(key), fromGolden(item)] as const))
}
