import type { Field } from '../../batch/logical-type.ts'
import type { LogScan } from '../file-scan.ts'
import type { Cell } from '../records/decoded-record.ts'
import { lineDecoder } from './line-decoder.ts'
import { readStructuredData } from './structured-data.ts'

const fields: readonly Field[] = [
  { name: 'facility', type: { kind: 'int32' } },
  { name: 'severity', type: { kind: 'int32' } },
  { name: 'logged_at', type: { kind: 'timestamptz' } },
  { name: 'local_time', type: { kind: 'text' } },
  { name: 'host', type: { kind: 'text' } },
  { name: 'app', type: { kind: 'text' } },
  { name: 'process_id', type: { kind: 'text' } },
  { name: 'message_id', type: { kind: 'text' } },
  { name: 'structured_data', type: { kind: 'json' } },
  { name: 'message', type: { kind: 'text' } },
]

// RFC 5424, section 6: HEADER SP STRUCTURED-DATA [SP MSG].
const HEADER_5424 = /^<(\d{1,3})>1 (\S+) (\S+) (\S+) (\S+) (\S+) /
// RFC 3164, section 4.1, as files have it: the priority is often left out, and newer daemons write the time as ISO 8601.
const LINE_3164 =
  /^(?:<(\d{1,3})>)?([A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\S+) (\S+) (?:([^\s:[\]]+)(?:\[([^\]]*)\])?: ?)?(.*)$/s
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)$/

/** Lines of syslog, of either form. A time of RFC 3164 has neither year nor zone: it is no moment, and stays a text. */
export const syslogDecoder = lineDecoder<LogScan>({
  outline: (text, { columns = {} }) => ({
    format: 'syslog',
    ...text,
    fields: fields.map(({ name, type }) => ({ name, type: columns[name] ?? type })),
  }),
  reader: () => ({
    names: fields.map(({ name }) => name),
    read: (line) => (/^<\d{1,3}>1 /.test(line) ? read5424(line) : read3164(line)),
  }),
})

function read5424(line: string): readonly Cell[] | string {
  const header = HEADER_5424.exec(line)
  if (header === null) return 'its header is not that of RFC 5424'
  const [whole, priority, time = '', host, app, process, id] = header
  const ranks = rank(priority)
  if (ranks === undefined) return 'its priority is not one'
  if (time !== '-' && !ISO.test(time)) return 'its time is not one'
  const data = readStructuredData(line.slice(whole.length))
  if (typeof data === 'string') return data
  const message = data.rest.replace(/^\ufeff/, '')
  return [...ranks, present(time), null, ...[host, app, process, id].map(present), data.json, message || null]
}

function read3164(line: string): readonly Cell[] | string {
  const parts = LINE_3164.exec(line)
  if (parts === null) return 'neither a line of RFC 5424 nor one of RFC 3164'
  const [, priority, time = '', host, app, process, message] = parts
  const ranks = priority === undefined ? [null, null] : rank(priority)
  if (ranks === undefined) return 'its priority is not one'
  const iso = ISO.test(time)
  if (!iso && /^\d/.test(time)) return 'its time is not one'
  const moment = iso ? [time, null] : [null, time]
  return [...ranks, ...moment, ...[host, app, process].map(present), null, null, message || null]
}

/** Facility and severity. */
function rank(priority: string | undefined): readonly string[] | undefined {
  const value = Number(priority)
  return value > 191 ? undefined : [String(value >> 3), String(value & 7)]
}

function present(text: string | undefined): string | null {
  return text === undefined || text === '-' || text === '' ? null : text
}
