import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { Rendering } from './rendering.ts'

/** `exceptions`: raise_compiler_error stops with WW2101, warn is heard and goes on. */
export function exceptionsValue(rendering: Rendering): Readonly<Record<string, unknown>> {
  const raise = (name: string) =>
    hostFunction(name, ([message = '']) => {
      throw new WaterworksError('WW2101', { message: textOf(message) })
    })
  return {
    raise_compiler_error: raise('raise_compiler_error'),
    raise_not_implemented: raise('raise_not_implemented'),
    raise_parsing_error: raise('raise_parsing_error'),
    warn: hostFunction('warn', ([message = '']) => {
      rendering.warn(textOf(message))
      return ''
    }),
  }
}
