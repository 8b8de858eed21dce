import type { Target } from '../ast/assignment.ts'
import type { Frame } from '../runtime/frame.ts'
import { HostObject } from '../values/host-object.ts'
import { PythonError } from '../values/python-error.ts'
import { unpack } from '../values/unpack.ts'

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
        const items = unpack(value, stores.length)
        stores.forEach((store, index) => {
          store(frame, items[index])
        })
      }
    }
  }
}
