import type { Stream } from '../connectors/connector.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { traitsOf } from '../project/load-strategy.ts'
import type { Pipeline } from '../project/pipeline.ts'

/**
 * A pipeline as it is for one of its streams: keys that the stream states in place of the pipeline's, and for a merge or
 * a history that states none those of the source. Throws WW4209 when there are none either.
 */
export function pipelineOfStream(pipeline: Pipeline, stream: string, found: Stream | undefined): Pipeline {
  const { extract, load } = pipeline
  const streams = extract.api?.streams ?? extract.tap?.streams
  if (streams !== undefined) return pipelineOfRecords(pipeline, streams, stream, found)
  const own = extract.database?.tables.find((table) => table.table === stream)
  if (own === undefined) return pipeline
  const stated = own.mergeKeys ?? load.mergeKeys
  const { keyed, does } = traitsOf(load.strategy)
  const mergeKeys = stated.length > 0 || !keyed ? stated : (found?.key ?? [])
  if (keyed && mergeKeys.length === 0) {
    throw new WaterworksError('WW4209', {
      message: `pipeline ${pipeline.name} ${does} ${own.schema}.${own.name}, which has no primary key`,
    })
  }
  return {
    ...pipeline,
    extract: { ...extract, incrementalKey: own.incrementalKey ?? extract.incrementalKey },
    load: { ...load, mergeKeys },
  }
}

/** A stream of an API or a tap tells its key, by which rows that are read again are known, and the field its cursor goes by. */
function pipelineOfRecords(
  pipeline: Pipeline,
  streams: readonly { readonly table: string; readonly mergeKeys: readonly string[] | undefined }[],
  stream: string,
  found: Stream | undefined,
): Pipeline {
  const { extract, load } = pipeline
  const own = streams.find(({ table }) => table === stream)?.mergeKeys ?? load.mergeKeys
  const mergeKeys = own.length > 0 ? own : (found?.key ?? [])
  const { keyed, does } = traitsOf(load.strategy)
  if (keyed && mergeKeys.length === 0) {
    throw new WaterworksError('WW4209', {
      message: `pipeline ${pipeline.name} ${does} the stream ${stream}, which has no primary key`,
    })
  }
  return {
    ...pipeline,
    extract: { ...extract, incrementalKey: extract.incrementalKey ?? found?.incrementalKey },
    load: { ...load, mergeKeys },
  }
}
