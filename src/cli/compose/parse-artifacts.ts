import { resolve } from 'node:path'
import { artifactMetadata } from '../../dbt/artifacts/artifact-metadata.ts'
import { graphSummary } from '../../dbt/artifacts/graph-summary.ts'
import type { Invocation } from '../../dbt/artifacts/invocation.ts'
import { jsonText } from '../../dbt/artifacts/json-text.ts'
import { manifestMetadata, manifestText } from '../../dbt/artifacts/manifest-artifact.ts'
import { semanticManifest } from '../../dbt/artifacts/semantic-manifest.ts'
import type { TextPiece } from '../../dbt/artifacts/text-piece.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import { type WrittenText, writeArtifactText } from './target-files.ts'

/** The documents that parsing a project leaves. */
export const PARSE_DOCUMENTS = ['manifest.json', 'semantic_manifest.json', 'graph_summary.json'] as const
export type ParseDocument = (typeof PARSE_DOCUMENTS)[number]

export interface ParsedDocuments {
  /** The project folder, absolute. */
  readonly root: string
  /** The target folder, below it. */
  readonly folder: string
  readonly manifest: Manifest
  readonly invocation: Invocation
  readonly adapterType: string
  readonly quoting: Readonly<Record<string, boolean>>
}

export interface WrittenDocuments {
  readonly written: Readonly<Record<ParseDocument, WrittenText>>
  /** What the manifest says of itself. */
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Writes what parsing leaves in the target folder. Throws WW7012. */
export async function writeParseArtifacts(parsed: ParsedDocuments): Promise<WrittenDocuments> {
  const { root, folder, manifest, invocation, adapterType, quoting } = parsed
  const write = (name: ParseDocument, pieces: Iterable<TextPiece>) =>
    writeArtifactText(resolve(root, folder, name), pieces)
  const options = { invocation, generatedAt: new Date(), adapterType, quoting, target: folder }
  const { _invocation_id: _id, ...summary } = graphSummary(manifest, invocation)
  const whole = { ...options, compilation: new Map(), ran: new Set<string>() }
  const written = {
    'manifest.json': await write('manifest.json', manifestText(manifest, whole)),
    'semantic_manifest.json': await write('semantic_manifest.json', [
      { text: '{' },
      { text: jsonText(semanticManifest(manifest)).slice(1) },
    ]),
    'graph_summary.json': await write('graph_summary.json', [
      { text: headOf('graph_summary.json', {}, invocation) },
      { text: JSON.stringify(summary).slice(1) },
    ]),
  }
  return { written, metadata: manifestMetadata(manifest, whole) }
}

/** How a document of this run begins; `metadata` is what an earlier one said of itself. */
export function headOf(
  name: ParseDocument,
  metadata: Readonly<Record<string, unknown>>,
  invocation: Invocation,
): string {
  switch (name) {
    case 'manifest.json': {
      const now = artifactMetadata('manifest/v12', invocation, new Date())
      return `{"metadata":${JSON.stringify({ ...metadata, ...now })},`
    }
    case 'semantic_manifest.json':
      return '{'
    case 'graph_summary.json':
      return `{"_invocation_id":${JSON.stringify(invocation.id)},`
  }
}
