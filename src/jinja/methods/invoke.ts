import { HostObject } from '../values/host-object.ts'
import { type Kwargs, noKwargs } from '../values/kwargs.ts'
import { PythonError } from '../values/python-error.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'

/** Calls a value. Throws TypeError when it cannot be called. */
export function invoke(callee: unknown, args: readonly unknown[], kwargs: Kwargs = noKwargs): unknown {
  if (callee instanceof HostObject && callee.call) return callee.call(args, kwargs)
  if (callee instanceof Undefined) {
    if (callee.forgives) return callee
    throw callee.error()
  }
  throw new PythonError('TypeError', `'${typeName(callee)}' object is not callable`)
}
