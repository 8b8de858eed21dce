import type { Event } from './event.ts'
import { redact } from './redact.ts'

/** The event with secrets masked in what it says in words. */
export function redactEvent(event: Event, secrets: readonly string[]): Event {
  switch (event.type) {
    case 'task-finished':
    case 'check-finished':
      return { ...event, message: redact(event.message, secrets) }
    case 'vault-accessed':
      return { ...event, reason: redact(event.reason, secrets) }
    case 'pipeline-recorded': {
      const { error_message } = event.record
      if (error_message === null) return event
      return { ...event, record: { ...event.record, error_message: redact(error_message, secrets) } }
    }
    default:
      return event
  }
}
