/** A RunEvent of the OpenLineage specification, version 2-0-2 (openlineage.io/spec/2-0-2/OpenLineage.json). */
export interface OpenLineageRunEvent {
  readonly eventType: 'START' | 'RUNNING' | 'COMPLETE' | 'ABORT' | 'FAIL' | 'OTHER'
  readonly eventTime: string
  readonly run: { readonly runId: string; readonly facets: Facets }
  readonly job: OpenLineageJob & { readonly facets: Facets }
  readonly inputs: readonly InputDataset[]
  readonly outputs: readonly OutputDataset[]
  readonly producer: string
  readonly schemaURL: string
}

export interface OpenLineageJob {
  readonly namespace: string
  readonly name: string
}

/** Every facet says who made it and which schema it follows. */
export type Facets = Readonly<Record<string, Facet>>
export type Facet = Readonly<Record<string, unknown>> & {
  readonly _producer: string
  readonly _schemaURL: string
}

export interface InputDataset {
  readonly namespace: string
  readonly name: string
  readonly inputFacets?: Facets
}

export interface OutputDataset {
  readonly namespace: string
  readonly name: string
  readonly outputFacets?: Facets
}
