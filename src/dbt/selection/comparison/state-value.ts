/** What may be asked of a resource that a previous manifest has, or does not have. */
export const STATE_VALUES = [
  'new',
  'old',
  'modified',
  'unmodified',
  'modified.body',
  'modified.configs',
  'modified.persisted_descriptions',
  'modified.relation',
  'modified.macros',
  'modified.contract',
] as const

export type StateValue = (typeof STATE_VALUES)[number]
