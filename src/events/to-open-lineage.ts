import type { CheckFinished, Event, TaskFinished, TaskStarted } from './event.ts'
import type {
  Facet,
  Facets,
  OpenLineageJob,
  OpenLineageRunEvent,
  OutputDataset,
} from './open-lineage-event.ts'
import { taskRunId } from './task-run-id.ts'

export interface OpenLineageOptions {
  /** Of jobs and datasets: the warehouse, as OpenLineage names it. */
  readonly namespace: string
  /** A URI of the software that makes the events. */
  readonly producer: string
  /** The name of a whole run as a job: the project's. */
  readonly job: string
  /** Full names of the relations that a node reads and writes. */
  readonly relations: (node: string) => Relations
}

interface Relations {
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

type EventType = OpenLineageRunEvent['eventType']

const SPECIFICATION = 'https://openlineage.io/spec'

/**
 * An event as OpenLineage tells it. A run and each of its tasks are OpenLineage runs, the run being the parent:
 * START, then COMPLETE or FAIL. A check adds its assertion while its task is RUNNING, as facets of a run add up.
 * Events that lineage has no use for, and tasks that were skipped before they started, give nothing.
 */
export function toOpenLineage(event: Event, options: OpenLineageOptions): OpenLineageRunEvent[] {
  switch (event.type) {
    case 'run-started':
      return [wholeRun(event, 'START', options)]
    case 'run-finished':
      return [wholeRun(event, event.status === 'failed' ? 'FAIL' : 'COMPLETE', options)]
    case 'task-started':
      return [ofTask(event, event.attempt === 1 ? 'START' : 'RUNNING', options)]
    case 'task-finished':
      return event.status === 'skipped' ? [] : [taskFinished(event, options)]
    case 'check-finished':
      return event.status === 'skipped' ? [] : [checkFinished(event, options)]
    case 'step-finished':
    case 'load-committed':
    case 'rows-quarantined':
    case 'values-discarded':
    case 'rows-reconciled':
    case 'schema-changed':
    case 'schema-recorded':
    case 'vault-accessed':
    case 'pipeline-recorded':
      return []
  }
}

function wholeRun(event: Event, eventType: EventType, options: OpenLineageOptions): OpenLineageRunEvent {
  return {
    eventType,
    eventTime: event.at,
    run: { runId: event.runId, facets: {} },
    job: { ...runJob(options), facets: jobType('DAG', options) },
    inputs: [],
    outputs: [],
    ...origin(options),
  }
}

function ofTask(
  event: TaskStarted | TaskFinished | CheckFinished,
  eventType: EventType,
  options: OpenLineageOptions,
): OpenLineageRunEvent {
  const { namespace } = options
  const { reads, writes } = options.relations(event.node)
  const parent = { run: { runId: event.runId }, job: runJob(options) }
  return {
    eventType,
    eventTime: event.at,
    run: {
      runId: taskRunId(event.runId, event.node),
      facets: { parent: facet('1-2-0/ParentRunFacet', { ...parent, root: parent }, options) },
    },
    job: { namespace, name: event.node, facets: jobType('TASK', options) },
    inputs: reads.map((name) => ({ namespace, name })),
    outputs: writes.map((name) => ({ namespace, name })),
    ...origin(options),
  }
}

function taskFinished(event: TaskFinished, options: OpenLineageOptions): OpenLineageRunEvent {
  const told = ofTask(event, event.status === 'failed' ? 'FAIL' : 'COMPLETE', options)
  const { run } = told
  const errorMessage = facet(
    '1-0-1/ErrorMessageRunFacet',
    { message: event.message, programmingLanguage: 'SQL' },
    options,
  )
  return {
    ...told,
    run: event.status === 'success' ? run : { ...run, facets: { ...run.facets, errorMessage } },
    outputs: event.status === 'failed' ? told.outputs : published(event, options),
  }
}

/** The rows of a task that published several relations cannot be told apart, so they are left out. */
function published(event: TaskFinished, options: OpenLineageOptions): OutputDataset[] {
  const { namespace } = options
  const rowCount = event.ledger?.physical_inserts ?? event.rows
  const outputFacets = {
    outputStatistics: facet('1-0-2/OutputStatisticsOutputDatasetFacet', { rowCount }, options),
  }
  return event.published.length === 1
    ? event.published.map((name) => ({ namespace, name, outputFacets }))
    : event.published.map((name) => ({ namespace, name }))
}

/** What is checked is what the task writes; where that is several relations, the node stands for them. */
function checkFinished(event: CheckFinished, options: OpenLineageOptions): OpenLineageRunEvent {
  const { namespace } = options
  const told = ofTask(event, 'RUNNING', options)
  const { writes } = options.relations(event.node)
  const [name = event.node] = writes.length === 1 ? writes : []
  const assertion = {
    assertion: event.check,
    success: event.status === 'pass',
    severity: event.status === 'warn' ? 'warn' : 'error',
    description: event.message,
  }
  const dataQualityAssertions = facet(
    '1-1-0/DataQualityAssertionsDatasetFacet',
    { assertions: [assertion] },
    options,
  )
  return { ...told, inputs: [...told.inputs, { namespace, name, inputFacets: { dataQualityAssertions } }] }
}

function runJob({ namespace, job }: OpenLineageOptions): OpenLineageJob {
  return { namespace, name: job }
}

function jobType(kind: 'DAG' | 'TASK', options: OpenLineageOptions): Facets {
  const content = { processingType: 'BATCH', integration: 'WATERWORKS', jobType: kind }
  return { jobType: facet('2-0-4/JobTypeJobFacet', content, options) }
}

function origin({ producer }: OpenLineageOptions): Pick<OpenLineageRunEvent, 'producer' | 'schemaURL'> {
  return { producer, schemaURL: `${SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent` }
}

/** `schema` is a facet's version and name, as in the specification's folder of facets. */
function facet(
  schema: string,
  content: Readonly<Record<string, unknown>>,
  { producer }: OpenLineageOptions,
): Facet {
  const name = schema.slice(schema.indexOf('/') + 1)
  return {
    _producer: producer,
    _schemaURL: `${SPECIFICATION}/facets/${schema}.json#/$defs/${name}`,
    ...content,
  }
}
