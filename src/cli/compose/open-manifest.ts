import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { JsonObject } from '../../api-manifest/json.ts'
import { Origins } from '../../api-manifest/origins.ts'
import { type DeclarativeManifest, readManifest } from '../../api-manifest/read-manifest.ts'
import { AirbyteConnector, type ApiStream } from '../../connectors/airbyte/airbyte-connector.ts'
import type { CredentialStore } from '../../connectors/airbyte/credentials/credential-store.ts'
import type { Connector } from '../../connectors/connector.ts'
import { Intake } from '../../project/intake.ts'
import type { ApiExtract } from '../../project/pipeline.ts'
import { writtenAt } from '../../project/requests/written-at.ts'
import type { Path } from '../../project/yaml/value-at.ts'

export interface OpenManifest {
  /** The manifest's file, absolute, and as people are to see it. */
  readonly file: string
  readonly shown: string
  readonly document: string
  readonly written?: ApiExtract['written']
  readonly config: JsonObject
  /** All unless given. */
  readonly streams?: readonly ApiStream[]
  readonly appends?: boolean
  readonly spoolFolder?: string
  readonly credentials?: CredentialStore | undefined
  readonly onSecret: (secret: string) => void
  readonly chunkRows?: number | undefined
}

/** A manifest's text with the places of what is in it. Throws WW4401 and WW4402, and WW1002 for what is no YAML. */
export function parseManifest(
  document: string,
  shown: string,
  short?: ApiExtract['written'],
): DeclarativeManifest {
  const intake = new Intake()
  const written = intake.yaml(shown, document, 'pyyaml')
  const [problem] = intake.diagnostics.all()
  if (problem !== undefined) throw problem.error
  if (short === undefined) {
    return readManifest(written, new Origins((path) => intake.locate({ file: shown, path })))
  }
  const pipeline = new Intake()
  pipeline.yaml(shown, short.text, 'core')
  const locate = (path: Path) => pipeline.locate({ file: shown, path: writtenAt(path, short.places) })
  return readManifest(written, new Origins(locate))
}

/** The connector of a manifest; nothing is asked of its API before its first use. */
export function openManifest({ file, shown, document, written, ...options }: OpenManifest): Connector {
  return new AirbyteConnector({
    ...options,
    manifest: parseManifest(document, shown, written),
    readFile(path) {
      try {
        return readFileSync(join(dirname(file), path), 'utf8')
      } catch {
        return undefined
      }
    },
  })
}
