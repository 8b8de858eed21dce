import type { Engine } from '../../src/engines/engine.ts'
import type { Connection } from '../../src/project/project.ts'
import { RunProject } from './run-project.ts'

/** A pipeline file over tables of `shop_db`; `extract` and `load` are the inside of their mappings. */
export function tablesPipeline(extract: string, load: string, ...more: readonly string[]): string {
  return [
    'pipeline:',
    '  name: shop',
    `  extract: {source_system: shop, connection: shop_db, ${extract}}`,
    `  load: {${load}}`,
    ...more.map((line) => `  ${line}`),
    '',
  ].join('\n')
}

/** A project that reads tables of a source. */
export async function tableProject(
  engine: Engine,
  { host, port, user, password, database }: Connection,
  pipeline: string,
  ...more: readonly string[]
): Promise<RunProject> {
  const place = `type: postgres, host: ${host}, port: ${port}, user: ${user}, password: ${password}, database: ${database}`
  const connection = [place, ...more].join(', ')
  return RunProject.create(engine, {
    'waterworks.yml': `name: shop
targets: {local: {type: duckdb, schema: analytics}}
connections: {shop_db: {${connection}, allow_plaintext_password: true}}
`,
    'pipelines/shop.yml': pipeline,
  })
}
