import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Rendering } from '../context/rendering.ts'
import type { MacroEntry } from '../macros/macro-entry.ts'
import { printReference } from '../reference.ts'
import type { TemplateRenderer } from '../template-renderer.ts'

export type OperationRequest = Pick<Rendering, 'connection' | 'manifest' | 'log' | 'warn'> &
  Partial<Pick<Rendering, 'resolve' | 'given'>>

/** The macro that a name means (`my_macro`, `dbt_utils.my_macro`). Throws WW2102 for one that does not exist. */
export function findOperation({ settings, macros }: TemplateRenderer, name: string): MacroEntry {
  const { projectName } = settings
  const [packageName, macro = ''] = name.includes('.') ? name.split('.', 2) : [undefined, name]
  const found = packageName === undefined ? macros.findAnywhere(macro) : macros.findIn(packageName, macro)
  if (found) return found
  const near = suggest(name, macros.names(projectName))
  throw new WaterworksError('WW2102', {
    message: `There is no macro "${name}".`,
    hint: near ? `Did you mean "${near}"?` : undefined,
  })
}

/** Calls a macro with named arguments, as `run-operation` does. */
export async function runOperation(
  renderer: TemplateRenderer,
  macro: MacroEntry,
  args: Readonly<Record<string, unknown>>,
  request: OperationRequest,
): Promise<unknown> {
  return renderer.call(macro, freeRendering(macro.packageName, request), [], args)
}

/** A rendering of no node: what ref() and config() would mean there is refused. */
export function freeRendering(packageName: string, request: OperationRequest): Rendering {
  return {
    phase: 'compile',
    node: undefined,
    packageName,
    relation: undefined,
    withoutClock: false,
    resolve: (reference) => refuse(printReference(reference)),
    configure: () => undefined,
    config: () => ({}),
    given: {},
    ...request,
  }
}

function refuse(name: string): never {
  throw new WaterworksError('WW2102', { message: `${name} cannot be used here.` })
}
