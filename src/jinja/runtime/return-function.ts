import { type HostFunction, hostFunction } from '../values/host-function.ts'
import { Signature } from '../values/signature.ts'
import { ReturnSignal } from './signals.ts'

const signature = new Signature('return', ['data?'])

/** `return(value)`: ends the macro that runs and makes its call give the value itself, not text. */
export const returnFunction: HostFunction = hostFunction('return', (args, kwargs) => {
  const [data = null] = signature.bind(args, kwargs)
  throw new ReturnSignal(data)
})
