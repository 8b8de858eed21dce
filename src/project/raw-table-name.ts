/** What a table of a source system is called where it is loaded: `raw_<source>_<table>`. */
export function rawTableName(sourceSystem: string, table: string): string {
  return `raw_${sourceSystem}_${table}`
}
