import { z } from 'zod'
import { allowPlaintextPassword, password, port, text } from './fields.ts'

const files = z.looseObject({
  type: z.literal('files').describe('Files and folders.'),
  path: text.optional().describe('The folder that paths start from.'),
})

const database = {
  host: text.optional().describe('localhost unless given.'),
  password,
  database: text.optional().describe('The database.'),
  ssl: z
    .enum(['disable', 'require', 'verify-full'])
    .optional()
    .describe(
      'disable unless given; require encrypts, verify-full also checks who answers, by the system’s certificates.',
    ),
  statement_timeout: text
    .optional()
    .describe('After which the source stops one statement of ours; "1 hour" unless given.'),
  lock_timeout: text
    .optional()
    .describe('How long to wait for a table that is being altered; "30 seconds" unless given.'),
  connect_timeout: text.optional().describe('How long to wait for an answer; "10 seconds" unless given.'),
  application_name: text.optional().describe('What the source shows of us; waterworks unless given.'),
  allow_plaintext_password: allowPlaintextPassword,
}

export const postgresConnection = z.strictObject({
  type: z.literal('postgres').describe('A Postgres database.'),
  url: text
    .optional()
    .describe('postgres://user@host:port/database, from the environment when it holds a password.'),
  port: port.optional().describe('5432 unless given.'),
  user: text.optional().describe('The role to connect as.'),
  ...database,
  max_connections: z
    .int()
    .min(2, 'must be at least 2')
    .optional()
    .describe('The most connections at once, one of which holds the snapshot; 4 unless given.'),
})

export const mysqlConnection = z.strictObject({
  type: z.literal('mysql').describe('A MySQL or MariaDB database.'),
  url: text
    .optional()
    .describe('mysql://user@host:port/database, from the environment when it holds a password.'),
  port: port.optional().describe('3306 unless given.'),
  user: text.optional().describe('The account to connect as; root unless given.'),
  ...database,
})

const later = z.looseObject({
  type: z
    .enum(['mssql', 'oracle', 'mongodb', 'http', 'kafka', 'mqtt', 's3', 'gcs', 'azure', 'sftp'])
    .describe('Not yet.'),
})

/** One entry of `connections:` in waterworks.yml. */
export const connectionEntry = z.discriminatedUnion('type', [
  files,
  postgresConnection,
  mysqlConnection,
  later,
])

export type ConnectionEntry = z.infer<typeof connectionEntry>
export type DatabaseConnectionEntry = z.infer<typeof postgresConnection> | z.infer<typeof mysqlConnection>
