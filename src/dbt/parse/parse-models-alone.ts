import type { Project } from '../../project/project.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import { makeParseScope } from './make-parse-scope.ts'
import { modelProperties } from './model-properties.ts'
import { parseModels } from './parse-models.ts'
import type { ParseOptions } from './parse-packages.ts'
import { ParsedNodes } from './parsed-nodes.ts'

/** Models that were parsed without the rest of their project. */
export interface ModelsAlone {
  /** Those that are switched on, not linked to anything. */
  readonly models: readonly ManifestNode[]
  /** Whether a template looked at the clock. */
  readonly looksAtClock: boolean
}

/**
 * Parses the models of a project that holds, besides, all that decides how they are read: macros and their own properties. Other mistakes
 * than theirs are noted as well where files are missing.
 */
export function parseModelsAlone(project: Project, options: ParseOptions): ModelsAlone {
  const scope = makeParseScope(project, options, undefined)
  const nodes = new ParsedNodes(options.diagnostics, (origin) => project.locate(origin))
  parseModels(scope, modelProperties(scope), nodes)
  return { models: [...nodes.enabled.values()], looksAtClock: scope.renderer.looksAtClock }
}
