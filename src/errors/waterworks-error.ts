import type { ErrorCode } from './catalogue.ts'
import type { Location } from './location.ts'

export interface ErrorDetails {
  /** What happened, as one sentence with the names involved. Never a secret and never a row's values. */
  readonly message: string
  readonly location?: Location | undefined
  /** What to do in this very case; the catalogue's general remedy is used when absent. */
  readonly hint?: string | undefined
  readonly cause?: unknown
}

/** The one error type of the platform: a stable code from the catalogue, a sentence, a place and a remedy. */
export class WaterworksError extends Error {
  readonly code: ErrorCode
  readonly location: Location | undefined
  readonly hint: string | undefined

  constructor(code: ErrorCode, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'WaterworksError'
    this.code = code
    this.location = details.location
    this.hint = details.hint
  }
}
