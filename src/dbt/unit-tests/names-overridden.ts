import { hostFunction } from '../../jinja/values/host-function.ts'
import { MacroNamespace } from '../macros/macro-namespace.ts'
import { OverriddenNamespace } from '../macros/overridden-namespace.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import type { UnitTestView } from './unit-test.ts'

/** Macros that give a value whatever they are called with, those of packages within their namespace; and `this`. */
export function namesOverridden(
  { macros, thisCte }: UnitTestView,
  { macros: library, settings }: TemplateRenderer,
): Readonly<Record<string, unknown>> {
  const overrides: Record<string, unknown> = thisCte === undefined ? {} : { this: thisCte }
  const byPackage = new Map<string, Record<string, unknown>>()
  for (const [name, value] of Object.entries(macros)) {
    const [first = '', second] = name.split('.', 2)
    if (second === undefined) overrides[first] = hostFunction(first, () => value)
    else byPackage.set(first, { ...byPackage.get(first), [second]: value })
  }
  for (const [name, values] of byPackage) {
    const namespace = library.resolve(name, settings.projectName)
    if (namespace instanceof MacroNamespace) overrides[name] = new OverriddenNamespace(namespace, values)
  }
  return overrides
}
