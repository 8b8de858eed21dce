import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Rendering } from '../context/rendering.ts'
import { printReference } from '../reference.ts'
import type { TemplateRenderer } from '../template-renderer.ts'

export type OperationRequest = Pick<Rendering, 'connection' | 'manifest' | 'log' | 'warn'> &
  Partial<Pick<Rendering, 'resolve' | 'given'>>

/**
 * Calls a macro by name (`my_macro`, `dbt_utils.my_macro`) with named arguments, as `run-operation` does. Throws WW2102 for a
 * macro that does not exist.
 */
export async function runOperation(
  renderer: TemplateRenderer,
  name: string,
  args: Readonly<Record<string, unknown>>,
  request: OperationRequest,
): Promise<unknown> {
  const { projectName } = renderer.settings
  const [packageName, macro] = name.includes('.') ? name.split('.', 2) : [projectName, name]
  const found = renderer.macros.find(macro ?? '', packageName ?? projectName)
  if (!found) {
    const near = suggest(name, renderer.macros.names(projectName))
    throw new WaterworksError('WW2102', {
      message: `There is no macro "${name}".`,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }
  return renderer.call(found, freeRendering(packageName ?? projectName, request), [], args)
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
