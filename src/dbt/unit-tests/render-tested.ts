import type { AdapterConnection } from '../adapter/adapter-connection.ts'
import type { Rendering } from '../context/rendering.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { ManifestModel } from '../manifest/manifest-node.ts'
import { nodeRendering } from '../runtime/node-rendering.ts'
import { TemplateRenderer } from '../template-renderer.ts'
import { macroOverrides } from './macro-overrides.ts'
import type { UnitTestView } from './unit-test.ts'

export interface TestedRequest extends Pick<Rendering, 'log' | 'warn'> {
  readonly manifest: Manifest
  readonly connection: AdapterConnection
}

/** Renders a model's code with what its unit test puts in the place of its references, macros, vars and environment. */
export function renderTested(
  renderer: TemplateRenderer,
  model: ManifestModel,
  view: UnitTestView,
  request: TestedRequest,
): Promise<string> {
  const { settings, macros } = renderer
  const env = Object.fromEntries(Object.entries(view.envVars).map(([name, value]) => [name, String(value)]))
  const tested = new TemplateRenderer(
    {
      ...settings,
      cliVars: { ...settings.cliVars, ...view.vars },
      env: { ...settings.env, ...env },
    },
    macros,
  )
  const rendering = nodeRendering(
    {
      ...request,
      node: model,
      relation: { database: model.database, schema: model.schema, identifier: model.alias },
      resolve: (reference) => {
        const { cte, target } = view.resolve(reference)
        const identifier = target.resource_type === 'source' ? target.identifier : target.alias
        return { relation: { database: target.database, schema: target.schema, identifier }, cte }
      },
    },
    { this: view.thisCte ?? null },
  )
  const overrides = macroOverrides(view.macros, (name) => macros.resolve(name, model.package_name))
  return tested.renderAsync(
    { path: model.original_file_path, text: model.raw_code },
    { ...rendering, overrides },
  )
}
