import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'

type Part = (invocation: Invocation, names: readonly string[]) => Promise<number>

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  check: async () => (await import('./connectors/check.ts')).checkConnector,
  discover: async () => (await import('./connectors/discover.ts')).discoverStreams,
  read: async () => (await import('./connectors/read.ts')).readStream,
}

export const connectors: Command = {
  name: 'connectors',
  summary: 'Look at manifests of HTTP APIs, and at what they read',
  description: `Declarative manifests, as Airbyte's connectors for HTTP APIs have them, are read unmodified.

  check FILE               which components a manifest uses, and which of them Waterworks does not have
  discover PIPELINE        the streams of a pipeline that reads rows, with columns and keys; all that a tap offers
  read PIPELINE STREAM     the first records of a stream, as they come; nothing is landed or loaded

check asks nobody; discover and read ask the source. The exit code of check is 1 when something is missing.`,
  positionals: 'check|discover|read [NAME…]',
  options: [
    { name: 'limit', type: 'string', value: 'N', help: 'The most records to print, 10 unless given (read).' },
  ],
  examples: [
    { line: 'waterworks connectors check manifests/stripe.yaml', says: 'Before it is used.' },
    { line: 'waterworks connectors discover stripe', says: 'What a pipeline can read.' },
    { line: 'waterworks connectors read stripe customers --limit 3', says: 'A few records.' },
  ],
  async run(invocation) {
    const [name, ...names] = invocation.positionals
    const load = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined
    if (load === undefined) {
      const near = name === undefined ? undefined : suggest(name, Object.keys(parts))
      throw new WaterworksError('WW7001', {
        message:
          name === undefined ? 'connectors takes check, discover or read' : `connectors has no "${name}"`,
        hint: near === undefined ? undefined : `Did you mean "${near}"?`,
      })
    }
    return (await load())(invocation, names)
  },
}
