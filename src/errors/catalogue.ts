import { anomalyErrors } from './catalogue/anomaly.ts'
import { commandLineErrors } from './catalogue/command-line.ts'
import { contractErrors } from './catalogue/contract.ts'
import { diffErrors } from './catalogue/diff.ts'
import { engineErrors } from './catalogue/engine.ts'
import { freshnessErrors } from './catalogue/freshness.ts'
import { graphErrors } from './catalogue/graph.ts'
import { ingestErrors } from './catalogue/ingest.ts'
import { internalErrors } from './catalogue/internal.ts'
import { notYetErrors } from './catalogue/not-yet.ts'
import { packageErrors } from './catalogue/packages.ts'
import { pipelineErrors } from './catalogue/pipeline.ts'
import { privacyErrors } from './catalogue/privacy.ts'
import { projectErrors } from './catalogue/project.ts'
import { propertiesErrors } from './catalogue/properties.ts'
import { runErrors } from './catalogue/run.ts'
import { selectionErrors } from './catalogue/selection.ts'
import { shapeErrors } from './catalogue/shape.ts'
import { stateErrors } from './catalogue/state.ts'
import { templateErrors } from './catalogue/template.ts'
import { unitTestErrors } from './catalogue/unit-test.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'

/**
 * Every error the platform can raise, by its stable code. Ranges: WW1 project files, WW2 templates and SQL,
 * WW3 engines and connections, WW4 reading and loading data, WW5 running and checks, WW6 state and owner, WW7 the command line,
 * WW9 internal. A code is never reused for another meaning.
 */
export const errorCatalogue = {
  ...projectErrors,
  ...pipelineErrors,
  ...privacyErrors,
  ...contractErrors,
  ...propertiesErrors,
  ...graphErrors,
  ...selectionErrors,
  ...packageErrors,
  ...notYetErrors,
  ...templateErrors,
  ...unitTestErrors,
  ...anomalyErrors,
  ...diffErrors,
  ...engineErrors,
  ...ingestErrors,
  ...shapeErrors,
  ...runErrors,
  ...freshnessErrors,
  ...stateErrors,
  ...commandLineErrors,
  ...internalErrors,
} as const satisfies Record<string, CatalogueEntry>

export type ErrorCode = keyof typeof errorCatalogue
