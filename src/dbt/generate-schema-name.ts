/**
 * dbt's default rule: a model's own schema is added to the target's, so that people who share a warehouse do not write
 * over one another.
 */
export function generateSchemaName(custom: string | undefined, target: { readonly schema: string }): string {
  return custom === undefined ? target.schema : `${target.schema}_${custom.trim()}`
}
