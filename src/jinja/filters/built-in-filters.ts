import type { FilterTable } from './filter.ts'
import { numberFilters } from './number-filters.ts'
import { selectionFilters } from './selection-filters.ts'
import { sequenceFilters } from './sequence-filters.ts'
import { textFilters } from './text-filters.ts'
import { valueFilters } from './value-filters.ts'

/** All of Jinja2's filters but urlize. */
export const builtInFilters: FilterTable = new Map([
  ...valueFilters,
  ...textFilters,
  ...numberFilters,
  ...sequenceFilters,
  ...selectionFilters,
])
