import type { Filter } from '../../jinja/runtime/registry.ts'

const unchanged: Filter = (value) => value

/** dbt's own filters. Those that mark what a YAML value is to become leave text as it is. */
export const textFilters: Readonly<Record<string, Filter>> = {
  as_text: unchanged,
  as_bool: unchanged,
  as_native: unchanged,
  as_number: unchanged,
  is_list: (value) => Array.isArray(value),
}
