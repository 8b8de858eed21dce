import { WaterworksError } from '../../../errors/waterworks-error.ts'

/** The WW1304 of a term that needs a document of an earlier run, which is not there. */
export function nothingToCompare(text: string, document: string): WaterworksError {
  const current = document.startsWith('current')
  return new WaterworksError('WW1304', {
    message: current
      ? `The selector "${text}" compares sources with an earlier run, and target/sources.json is missing.`
      : `The selector "${text}" compares with an earlier run, and there is no ${document} to compare with.`,
    hint: current
      ? 'Run `waterworks source freshness` first.'
      : 'Name the folder of the earlier run’s artefacts with --state.',
  })
}
