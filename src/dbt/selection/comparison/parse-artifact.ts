import type { z } from 'zod'
import { WaterworksError } from '../../../errors/waterworks-error.ts'

/**
 * Reads a JSON document of an earlier run. Throws WW1305 for what is no JSON, of another version than `accepts`, or without
 * what is needed of it. `file` is for messages.
 */
export function parseArtifact<T>(
  text: string,
  file: string,
  kind: string,
  accepts: (version: number) => boolean,
  schema: z.ZodType<T>,
): T {
  const document = parseJson(text, file)
  const version = versionOf(document, kind)
  if (version === undefined || !accepts(version)) {
    throw unreadable(
      file,
      version === undefined
        ? `it does not say that it is a ${kind} of dbt’s`
        : `its version is ${version}, which is not supported`,
    )
  }
  const parsed = schema.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw unreadable(file, `${issue?.path.map(String).join('.') || 'the document'} is not as dbt writes it`)
}

/** The number at the end of `https://schemas.getdbt.com/dbt/<kind>/v<number>.json`. */
function versionOf(document: unknown, kind: string): number | undefined {
  const metadata = member(document, 'metadata')
  const schema = member(metadata, 'dbt_schema_version')
  const match = typeof schema === 'string' ? /\/dbt\/([\w-]+)\/v(\d+)\.json$/.exec(schema) : undefined
  return match?.[1] === kind ? Number(match[2]) : undefined
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw unreadable(file, 'it is no JSON')
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function unreadable(file: string, because: string): WaterworksError {
  return new WaterworksError('WW1305', {
    message: `${file} cannot be compared with: ${because}.`,
  })
}
