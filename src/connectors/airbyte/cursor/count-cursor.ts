import type { JsonObject } from '../../../api-manifest/json.ts'
import type { Builder } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { countAxis } from './count-axis.ts'
import { IntervalCursor } from './interval-cursor.ts'

/** A cursor along a number that counts up, as an IncrementingCountCursor says. */
export function countCursor(
  definition: Definition,
  builder: Builder,
  state: JsonObject,
): IntervalCursor<number, number> {
  const option = definition.optionalChild('start_value_option')
  return new IntervalCursor(
    {
      axis: countAxis,
      field: definition.expression('cursor_field').text(),
      start: definition.integer('start_value') ?? 0,
      end: () => Number.POSITIVE_INFINITY,
      lookback: undefined,
      step: undefined,
      granularity: undefined,
      clamp: (value) => value,
      comparesStrictly: false,
      startName: 'start',
      endName: 'end',
      hasBounds: false,
      startOption: option && builder.make('request option', option),
      endOption: undefined,
    },
    state,
  )
}
