import { NetworkError } from '../http/network-error.ts'
import type { Outcome } from '../http/retrying-client.ts'
import type { Resolution } from './roles/roles.ts'

const FAILURES: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'the credentials are not accepted',
  403: 'the credentials do not allow this',
  404: 'nothing is there',
  405: 'the method is not allowed',
}

/** What an answer, or none, means where the manifest says nothing about it. */
export function defaultResolution(outcome: Outcome): Resolution {
  if (outcome instanceof NetworkError) {
    return { action: outcome.kind === 'network' ? 'RETRY' : 'FAIL', message: undefined }
  }
  if (outcome.isOk) return { action: 'SUCCESS', message: undefined }
  if (outcome.status === 429) return { action: 'RATE_LIMITED', message: 'too many requests' }
  const failure = FAILURES[outcome.status]
  return failure === undefined
    ? { action: 'RETRY', message: undefined }
    : { action: 'FAIL', message: failure }
}
