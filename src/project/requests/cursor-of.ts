import type { JsonObject } from '../../api-manifest/json.ts'
import type { RequestStream } from '../schema/requests-entry.ts'
import { requestPlace } from './request-place.ts'

const FORMAT = '%Y-%m-%dT%H:%M:%SZ'
/** How times in records are written, where it is not as in requests. */
const RECORD_FORMATS = [
  ...['%Y-%m-%dT%H:%M:%S.%f%z', '%Y-%m-%dT%H:%M:%S%z', '%Y-%m-%dT%H:%M:%S.%fZ', FORMAT],
  ...['%Y-%m-%dT%H:%M:%S.%f', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S', '%Y-%m-%d'],
]

/** The component that reads what is new, along a time or along a number that counts up. */
export function cursorOf(cursor: NonNullable<RequestStream['cursor']>, isGraphQl: boolean): JsonObject {
  const option = (name: string | undefined) =>
    name === undefined ? undefined : requestPlace(name, cursor.in, isGraphQl)
  const start = option(cursor.parameter)
  const end = option(cursor.end_parameter)
  if (typeof cursor.start === 'number') {
    return {
      type: 'IncrementingCountCursor',
      cursor_field: cursor.field,
      start_value: cursor.start,
      ...(start === undefined ? {} : { start_value_option: start }),
    }
  }
  const format = cursor.format ?? FORMAT
  return {
    type: 'DatetimeBasedCursor',
    cursor_field: cursor.field,
    datetime_format: format,
    cursor_datetime_formats: [format, ...RECORD_FORMATS.filter((each) => each !== format)],
    start_datetime: { type: 'MinMaxDatetime', datetime: cursor.start, datetime_format: format },
    ...(start === undefined ? { is_client_side_incremental: true } : { start_time_option: start }),
    ...(end === undefined ? {} : { end_time_option: end }),
    ...(cursor.lookback === undefined ? {} : { lookback_window: cursor.lookback }),
  }
}
