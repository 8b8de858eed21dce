import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export const BINARY = at('../bin/waterworks.js')
export const FLIGHTS_PROJECT = at('../examples/flights')
export const FLIGHTS_FILE = at('../node_modules/vega-datasets/data/flights-3m.parquet')
export const DATA_FOLDER = at('../node_modules/vega-datasets/data')
/** Runs the SQL statements of a JSON file in a DuckDB file, with nothing around them. */
export const STRAIGHT = at('./straight.ts')
