import type { Target } from '../ast/assignment.ts'
import type { Frame } from '../runtime/frame.ts'
import { HostObject } from '../values/host-object.ts'
import { iterate } from '../values/iterate.ts'
import { PythonError } from '../values/python-error.ts'

/** How a value is stored in a frame. */
export type Store = (frame: Frame, value: unknown) => void

/** Compiles the left side of an assignment. Its errors are PythonErrors without a place. */
export function compileTarget(target: Target): Store {
  switch (target.kind) {
    case 'name': {
      const { name } = target
      return (frame, value) => frame.set(name, value)
    }
    case 'namespace': {
      const { name, attribute } = target
      return (frame, value) => {
        const object = frame.get(name)
        if (object instanceof HostObject && object.setAttribute(attribute, value)) return
        throw new PythonError('RuntimeError', 'cannot assign attribute on non-namespace object')
      }
    }
    case 'tuple': {
      const stores = target.items.map(compileTarget)
      return (frame, value) => {
        const items = Array.from(iterate(value))
        if (items.length !== stores.length) throw misfit(stores.length, items.length)
        stores.forEach((store, index) => {
          store(frame, items[index])
        })
      }
    }
  }
}

function misfit(expected: number, got: number): PythonError {
  const problem =
    got > expected
      ? `too many values to unpack (expected ${expected})`
      : `not enough values to unpack (expected ${expected}, got ${got})`
  return new PythonError('ValueError', problem)
}
