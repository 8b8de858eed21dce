type Arguments = Readonly<Record<string, unknown>>

export type Canonical =
  | { readonly test: string; readonly arguments: Arguments }
  | { readonly problem: string }

const HOURS_PER_PART: Readonly<Record<string, number>> = {
  second: 1 / 3600,
  minute: 1 / 60,
  hour: 1,
  day: 24,
  week: 24 * 7,
}

/**
 * A test by the platform's own name and arguments. Tests of dbt's core may be written with `dbt.` before them; of
 * the package dbt_utils these have an equal here: accepted_range, expression_is_true, recency,
 * unique_combination_of_columns. Others keep their name.
 */
export function canonicalTest(written: string, args: Arguments, column: string | undefined): Canonical {
  if (!written.includes('.')) return { test: written, arguments: args }
  const [name, ...more] = written.split('.').reverse()
  const owner = more.reverse().join('.')
  if (name === undefined || (owner !== 'dbt_utils' && owner !== 'dbt'))
    return { test: written, arguments: args }
  if (owner === 'dbt') return { test: name, arguments: args }
  switch (name) {
    case 'accepted_range':
      return { test: name, arguments: args }
    case 'expression_is_true':
      return expressionIsTrue(args, column)
    case 'recency':
      return recency(args)
    case 'unique_combination_of_columns':
      return uniqueCombination(args)
    default:
      return { test: written, arguments: args }
  }
}

/** On a column, dbt_utils puts the column's name before the expression: `> 0`. */
function expressionIsTrue({ expression, ...rest }: Arguments, column: string | undefined): Canonical {
  if (typeof expression !== 'string') return { problem: 'needs an "expression"' }
  return {
    test: 'expression',
    arguments: { ...rest, expression: column === undefined ? expression : `${column} ${expression}` },
  }
}

function recency({ datepart, interval, field, ignore_time_component, ...rest }: Arguments): Canonical {
  const hours = typeof datepart === 'string' ? HOURS_PER_PART[datepart.toLowerCase()] : undefined
  if (hours === undefined) return { problem: 'needs a "datepart" of second, minute, hour, day or week' }
  if (typeof interval !== 'number') return { problem: 'needs an "interval", a number' }
  if (typeof field !== 'string') return { problem: 'needs a "field", the column of the time' }
  if (rest['group_by_columns'] !== undefined) return { problem: 'cannot be judged by group yet' }
  if (ignore_time_component === true) return { problem: 'cannot ignore the time of day yet' }
  return { test: 'recency', arguments: { ...rest, column_name: field, hours: interval * hours } }
}

function uniqueCombination({
  combination_of_columns,
  quote_columns: _quoted,
  ...rest
}: Arguments): Canonical {
  if (!Array.isArray(combination_of_columns)) return { problem: 'needs "combination_of_columns", a list' }
  return { test: 'unique', arguments: { ...rest, columns: combination_of_columns } }
}
