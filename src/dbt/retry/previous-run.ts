import { z } from 'zod'
import type { BatchSpan } from '../artifacts/node-result.ts'
import { parseArtifact } from '../selection/comparison/parse-artifact.ts'

interface Batches {
  readonly successful: readonly BatchSpan[]
  readonly failed: readonly BatchSpan[]
}

/** A run as its run_results.json tells of it, as far as it can be done again. */
export interface PreviousRun {
  /** dbt's name of the command: `build`, `run`, `test`, `generate`. */
  readonly command: string
  /** What it was called with, by dbt's names. */
  readonly args: Readonly<Record<string, unknown>>
  readonly startedAt: Date | undefined
  readonly invocationId: string | undefined
  /** Nodes that failed, were skipped, or were done in part. */
  readonly unfinished: ReadonlySet<string>
  /** Of microbatch models of which some batches were done: which were and which were not. The others are begun anew. */
  readonly batches: ReadonlyMap<string, Batches>
}

const UNFINISHED = ['error', 'fail', 'skipped', 'runtime error', 'partial success']

const moment = z.string().transform((text, context) => {
  const date = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`)
  if (!Number.isNaN(date.getTime())) return date
  context.addIssue({ code: 'custom', message: 'is no timestamp' })
  return z.NEVER
})
const spans = z.array(z.tuple([moment, moment]))

const document = z.object({
  metadata: z.object({
    generated_at: moment.optional(),
    invocation_started_at: moment.nullish(),
    invocation_id: z.string().nullish(),
  }),
  results: z.array(
    z.object({
      unique_id: z.string(),
      status: z.string(),
      batch_results: z.object({ successful: spans, failed: spans }).nullish(),
    }),
  ),
  args: z.looseObject({ which: z.string() }),
})

/**
 * Reads a run_results.json for doing the rest of its run. Hooks are not done again by their own: they run with every run.
 * With `warnError` warnings count as failures. Throws WW1305.
 */
export function parsePreviousRun(
  text: string,
  file: string,
  { warnError = false }: { readonly warnError?: boolean } = {},
): PreviousRun {
  const accepts = (version: number) => version >= 4 && version <= 6
  const { metadata, results, args } = parseArtifact(text, file, 'run-results', accepts, document)
  const statuses = new Set(warnError ? [...UNFINISHED, 'warn'] : UNFINISHED)
  const counted = results.filter(
    ({ unique_id }) => args.which === 'run-operation' || !unique_id.startsWith('operation.'),
  )
  return {
    command: args.which,
    args,
    invocationId: metadata.invocation_id ?? undefined,
    startedAt: metadata.invocation_started_at ?? metadata.generated_at,
    unfinished: new Set(
      counted.filter(({ status }) => statuses.has(status)).map(({ unique_id }) => unique_id),
    ),
    batches: new Map(
      counted.flatMap(({ unique_id, batch_results: batches }) =>
        batches && batches.successful.length > 0 && batches.failed.length > 0 ? [[unique_id, batches]] : [],
      ),
    ),
  }
}
