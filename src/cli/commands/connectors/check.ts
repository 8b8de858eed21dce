import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { streamNames } from '../../../api-manifest/read-manifest.ts'
import { checkManifest } from '../../../connectors/airbyte/check-manifest.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Invocation } from '../../command.ts'
import { parseManifest } from '../../compose/open-manifest.ts'
import { sayAmount } from '../../say-number.ts'

/** Says which components of a manifest there are, and which are missing. */
export async function checkConnector({ output }: Invocation, names: readonly string[]): Promise<number> {
  const [file] = names
  if (file === undefined || names.length > 1) {
    throw new WaterworksError('WW7001', { message: 'connectors check takes the file of one manifest' })
  }
  const manifest = parseManifest(read(file), file)
  const uses = checkManifest(manifest)
  const missing = uses.filter(({ problem }) => problem !== undefined)
  for (const { type, problem, location, uses: count } of missing) {
    const times = count === 1 ? '' : `, ${count} times`
    output.print(
      `${output.paint.error('missing')}  ${type} (${problem})  ${location.file}:${location.line}${times}`,
    )
  }
  const streams = streamNames(manifest)
  const said = `${sayAmount(streams.length, 'stream')}, ${uses.length - missing.length} of ${sayAmount(uses.length, 'component type')} supported`
  output.print(missing.length === 0 ? `${output.paint.success('ok')}: ${said}` : said)
  output.json({
    status: missing.length === 0 ? 'ok' : 'missing',
    streams,
    dynamic_streams: manifest.dynamicStreams.length,
    components: uses.map(({ type, problem, location, uses: count }) => ({
      type,
      problem: problem ?? null,
      location,
      uses: count,
    })),
  })
  return missing.length === 0 ? 0 : 1
}

function read(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch (cause) {
    throw new WaterworksError('WW1049', { message: `there is no file ${file}`, cause })
  }
}
