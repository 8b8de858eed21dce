import type { ManifestModel, ManifestTest } from '../manifest/manifest-node.ts'

/**
 * The columns that tell a model's rows apart, as far as constraints and tests say: dbt's rules. `tests` are those put on the model,
 * disabled ones included.
 */
export function primaryKey(model: ManifestModel, tests: readonly ManifestTest[]): readonly string[] {
  const whole = model.constraints.find(({ type }) => type === 'primary_key')
  if (whole) return [...(whole.columns ?? [])].sort()
  for (const column of Object.values(model.columns)) {
    if (column.constraints.some(({ type }) => type === 'primary_key')) return [column.name]
  }
  const [enabled, disabled, present] = [new Set<string>(), new Set<string>(), new Set<string>()]
  for (const { test_metadata: test, config } of tests) {
    if (!test) continue
    const { column_name: one, combination_of_columns: several } = test.kwargs
    const columns = typeof one === 'string' ? [one] : Array.isArray(several) ? several : []
    for (const column of columns) {
      if (typeof column !== 'string') continue
      if (test.name === 'not_null') present.add(column)
      else if (test.name === 'unique' || test.name === 'unique_combination_of_columns') {
        if (config['enabled'] === false) disabled.add(column)
        else enabled.add(column)
      }
    }
  }
  const both = [...present].filter((column) => enabled.has(column) || disabled.has(column))
  const found = [both, [...enabled], [...disabled]].find((columns) => columns.length > 0) ?? []
  return found.sort()
}
