import { z } from 'zod'
import { parseArtifact } from './parse-artifact.ts'
import {
  previousExposure,
  previousMacro,
  previousMetric,
  previousNode,
  previousSavedQuery,
  previousSemanticModel,
  previousSource,
  previousUnitTest,
} from './previous-schema.ts'

const byId = <T extends z.ZodType>(schema: T) => z.record(z.string(), schema)
/** A section that came with a later version. */
const laterById = <T extends z.ZodType>(schema: T) => byId(schema).optional()

const document = z.object({
  metadata: z.object({ dbt_schema_version: z.string() }),
  nodes: byId(previousNode),
  sources: byId(previousSource),
  exposures: laterById(previousExposure),
  metrics: z.unknown(),
  semantic_models: laterById(previousSemanticModel),
  saved_queries: laterById(previousSavedQuery),
  unit_tests: laterById(previousUnitTest),
  functions: laterById(previousNode),
  macros: byId(previousMacro),
})

const metrics = byId(previousMetric)

export type PreviousNode = z.infer<typeof previousNode>
export type PreviousSource = z.infer<typeof previousSource>
export type PreviousExposure = z.infer<typeof previousExposure>
export type PreviousMetric = z.infer<typeof previousMetric>
export type PreviousSemanticModel = z.infer<typeof previousSemanticModel>
export type PreviousSavedQuery = z.infer<typeof previousSavedQuery>
export type PreviousUnitTest = z.infer<typeof previousUnitTest>

type ById<T> = Readonly<Record<string, T>>

/** What is compared of an earlier manifest.json. */
export interface PreviousManifest {
  readonly nodes: ById<PreviousNode>
  readonly sources: ById<PreviousSource>
  readonly exposures: ById<PreviousExposure>
  readonly metrics: ById<PreviousMetric>
  readonly semanticModels: ById<PreviousSemanticModel>
  readonly savedQueries: ById<PreviousSavedQuery>
  readonly unitTests: ById<PreviousUnitTest>
  readonly macros: ById<z.infer<typeof previousMacro>>
}

/** Reads a manifest.json of version 4 to 12, as dbt or this platform wrote it. Throws WW1305 for anything else. */
export function parseManifest(text: string, file: string): PreviousManifest {
  const accepts = (version: number) => version >= 4 && version <= 12
  const manifest = parseArtifact(text, file, 'manifest', accepts, document)
  // Metrics before version 10 were another thing of the same name.
  const version = Number(/v(\d+)\.json$/.exec(manifest.metadata.dbt_schema_version)?.[1])
  return {
    nodes: { ...manifest.nodes, ...manifest.functions },
    sources: manifest.sources,
    exposures: manifest.exposures ?? {},
    metrics: version < 10 ? {} : (metrics.safeParse(manifest.metrics).data ?? {}),
    semanticModels: manifest.semantic_models ?? {},
    savedQueries: manifest.saved_queries ?? {},
    unitTests: manifest.unit_tests ?? {},
    macros: manifest.macros,
  }
}
