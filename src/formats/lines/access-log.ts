import type { Field } from '../../batch/logical-type.ts'
import type { LogScan } from '../file-scan.ts'
import { type LineReader, lineDecoder } from './line-decoder.ts'

const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`
// https://httpd.apache.org/docs/2.4/logs.html#accesslog; nginx writes its "combined" the same way.
const COMMON = String.raw`(\S+) (\S+) (.+?) \[([^\]]*)\] ${QUOTED} (\d{3}) (\d+|-)`
const REQUEST = /^(\S+) (\S+)(?: (\S+))?$/
const TIME = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/

const fields: readonly Field[] = [
  { name: 'host', type: { kind: 'text' } },
  { name: 'identity', type: { kind: 'text' } },
  { name: 'user_name', type: { kind: 'text' } },
  { name: 'requested_at', type: { kind: 'timestamptz' } },
  { name: 'request', type: { kind: 'text' } },
  { name: 'method', type: { kind: 'text' } },
  { name: 'path', type: { kind: 'text' } },
  { name: 'protocol', type: { kind: 'text' } },
  { name: 'status', type: { kind: 'int32' } },
  { name: 'bytes_sent', type: { kind: 'int64' } },
]
const combinedFields: readonly Field[] = [
  ...fields,
  { name: 'referer', type: { kind: 'text' } },
  { name: 'user_agent', type: { kind: 'text' } },
]

/** The access log of Apache and others: host, identity, user, time, request, status and bytes. */
export const commonLogDecoder = accessLog('common-log', COMMON, fields)

/** The same with the page that linked to the request, and the program that made it. */
export const combinedLogDecoder = accessLog('combined-log', `${COMMON} ${QUOTED} ${QUOTED}`, combinedFields)

function accessLog(format: LogScan['format'], line: string, all: readonly Field[]) {
  const expression = new RegExp(`^${line}$`, 's')
  return lineDecoder<LogScan>({
    outline: (text, { columns = {} }) => ({
      format,
      ...text,
      fields: all.map(({ name, type }) => ({ name, type: columns[name] ?? type })),
    }),
    reader: (): LineReader => ({
      names: all.map(({ name }) => name),
      read(text) {
        const parts = expression.exec(text)
        if (parts === null) return `not a line of the ${format.replace('-', ' ')} format`
        const [, host, identity, user, time = '', request = '', status = '', bytes, ...more] = parts
        const at = moment(time)
        if (at === undefined) return 'its time is not one'
        const [, method, path, protocol] = REQUEST.exec(request) ?? []
        return [
          ...[host, identity, user].map(present),
          at,
          present(request),
          ...[method, path, protocol].map(present),
          String(Number(status)),
          present(bytes),
          ...more.map(present),
        ]
      },
    }),
  })
}

/** A dash says that there is nothing. */
function present(text: string | undefined): string | null {
  return text === undefined || text === '-' || text === '' ? null : text
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The time of a log line as a timestamp with its zone; days that do not exist are found when it is read as one. */
function moment(text: string): string | undefined {
  const [, day, month = '', year, time, hours, minutes] = TIME.exec(text) ?? []
  const number = MONTHS.indexOf(month) + 1
  if (number === 0) return undefined
  return `${year}-${String(number).padStart(2, '0')}-${day} ${time}${hours}:${minutes}`
}
