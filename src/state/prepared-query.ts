import type { Compilable, CompiledQuery, Kysely, QueryResult, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { StateTables } from './state-tables.ts'

type Value = string | number | null

/**
 * A query that is built and compiled once, with named places for its values, and run many times. Kysely takes
 * longer over building a small query than SQLite takes over running it.
 */
export class PreparedQuery<Values extends Readonly<Record<string, Value>>> {
  readonly #compiled: CompiledQuery

  constructor(
    db: Kysely<StateTables>,
    build: (
      db: Kysely<StateTables>,
      value: <Name extends keyof Values & string>(name: Name) => RawBuilder<Values[Name]>,
    ) => Compilable,
  ) {
    this.#compiled = build(db, (name) => sql`${new Place(name)}`).compile()
  }

  async run(db: Kysely<StateTables>, values: Values): Promise<QueryResult<unknown>> {
    const parameters = this.#compiled.parameters.map((parameter) =>
      parameter instanceof Place ? values[parameter.name] : parameter,
    )
    return db.executeQuery({ ...this.#compiled, parameters })
  }
}

class Place {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}
