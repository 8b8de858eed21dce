import type { Pipeline } from '../../project/pipeline.ts'
import { fingerprint } from '../fingerprint.ts'

/**
 * What decides the tables a pipeline makes: what it reads, does, writes and lets through. Who owns it, when it runs, how
 * often it tries again and whom it tells do not.
 */
export function pipelineFingerprint({
  name,
  extract,
  transform,
  load,
  gates,
  errorHandling,
}: Pipeline): string {
  return fingerprint({
    kind: 'pipeline',
    name,
    extract,
    // Not where an operation stands in its file.
    stages: transform.stages.map((stage) =>
      stage.operations.map(({ operation, options }) => ({ operation, options })),
    ),
    load,
    gates,
    rejects: errorHandling.strategy,
  })
}
