import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { Extract } from '../pipeline.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'

const OTHER_SOURCES = ['query', 'topic', 'webhook'] as const

/** Notes, key by key, what a pipeline asks for and the platform does not do yet: never silence. */
export function noteLaterKeys(entry: PipelineEntry, origin: Origin, intake: Intake): void {
  const { extract, transform, load, error_handling } = entry
  const at = (...path: string[]): Origin => ({ file: origin.file, path: [...origin.path, ...path] })
  if (entry.schedule !== undefined && !intake.isFaulty(at('schedule'))) {
    intake.warn('WW1908', at('schedule'), {
      message: `pipeline "${entry.name}" is not started by its schedule yet`,
      part: 'key',
    })
  }
  if (transform?.engine !== undefined && transform.engine !== 'sql') {
    intake.warn('WW1903', at('transform', 'engine'), {
      message: `stages cannot run in ${transform.engine} yet; they run in the warehouse`,
    })
  }
  if (load.clustering_keys !== undefined && load.clustering_keys.length > 0) {
    intake.warn('WW1904', at('load', 'clustering_keys'), {
      message: 'tables are not clustered yet',
      part: 'key',
    })
  }
  if (extract.watermark_storage !== undefined && extract.watermark_storage !== 'warehouse') {
    intake.warn('WW1905', at('extract', 'watermark_storage'), {
      message: `watermarks cannot be kept in "${extract.watermark_storage}" yet; they are kept in the warehouse`,
    })
  }
  if (error_handling?.alert_channels?.length || error_handling?.strategy === 'skip-and-alert') {
    const key = error_handling.alert_channels?.length ? 'alert_channels' : 'strategy'
    intake.warn('WW1907', at('error_handling', key), { message: 'no alerts are sent yet', part: 'key' })
  }
  noteSources(entry, at('extract'), intake)
}

function noteSources({ name, extract }: PipelineEntry, origin: Origin, intake: Intake): void {
  const others = OTHER_SOURCES.filter((key) => extract[key] !== undefined)
  for (const key of others) {
    intake.warn(
      'WW1909',
      { file: origin.file, path: [...origin.path, key] },
      {
        message: `pipeline "${name}" cannot read "${key}" yet, only files, tables, and streams of APIs and taps`,
        part: 'key',
      },
    )
  }
  const faulty = intake.isFaulty({ file: origin.file, path: [...origin.path, 'files'] })
  const none = [extract.files, extract.tables, extract.manifest, extract.requests, extract.tap].every(
    (given) => given === undefined,
  )
  if (others.length === 0 && none && !faulty) {
    intake.error('WW1005', origin, {
      message: `pipeline "${name}" does not say what to extract`,
      hint: 'Add "files": a path or glob, relative to the project folder; "tables" of a connection, the "manifest" of an API or "requests" to one, or a "tap".',
    })
  }
}

/** The extraction strategy; one that the platform lacks is an error, since another would load other data. */
export function readExtractStrategy(
  given: PipelineEntry['extract']['strategy'],
  origin: Origin,
  intake: Intake,
): Extract['strategy'] {
  if (given === 'cdc' || given === 'log-based') {
    intake.error('WW1901', origin, { message: `${given} extraction is not there yet` })
    return 'full'
  }
  return given ?? 'full'
}
