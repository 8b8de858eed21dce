/** dbt's fully qualified name: the project, the folders below the first, and the name (or source and table). */
export function fqnOf(project: string, path: string, ...name: readonly string[]): readonly string[] {
  return [project, ...path.split('/').slice(1, -1), ...name]
}
