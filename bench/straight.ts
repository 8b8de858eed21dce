/** `node straight.ts DATABASE STATEMENTS.json`: the engine alone, as a peer. */
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const [database, file] = process.argv.slice(2)
if (!database || !file) throw new Error('usage: straight.ts DATABASE STATEMENTS.json')
const statements: unknown = JSON.parse(readFileSync(file, 'utf8'))
if (!Array.isArray(statements)) throw new Error('the statements are not a list')
const instance = await DuckDBInstance.create(database)
const connection = await instance.connect()
for (const statement of statements) await connection.runAndReadAll(String(statement))
connection.closeSync()
instance.closeSync()
