import { dbtVersion } from '../dbt-version.ts'
import { metadataEnvs } from '../metadata-envs.ts'
import type { Invocation } from './invocation.ts'
import { momentText } from './moment-text.ts'

export type ArtifactSchema = 'manifest/v12' | 'run-results/v6' | 'catalog/v1' | 'sources/v3'

/** What stands at the head of every artifact. */
export function artifactMetadata(
  schema: ArtifactSchema,
  invocation: Invocation,
  generatedAt: Date,
): Readonly<Record<string, unknown>> {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: dbtVersion,
    generated_at: momentText(generatedAt),
    invocation_id: invocation.id,
    invocation_started_at: momentText(invocation.startedAt),
    env: metadataEnvs(invocation.env),
  }
}
