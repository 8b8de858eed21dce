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

export const s3Connection = z.strictObject({
  type: z.literal('s3').describe('Buckets of Amazon S3, or of a service that speaks it.'),
  bucket: text.optional().describe('The bucket that paths start in; without it they begin with one.'),
  path: text.optional().describe('The folder of the bucket that paths start from.'),
  endpoint: text
    .optional()
    .describe('The URL of a service other than Amazon’s, such as http://localhost:9000.'),
  region: text.optional().describe('us-east-1 unless given; AWS_REGION of the environment otherwise.'),
  access_key_id: text.optional().describe('AWS_ACCESS_KEY_ID of the environment unless given.'),
  secret_access_key: text
    .optional()
    .describe('From the environment, where AWS_SECRET_ACCESS_KEY is looked for unless given.'),
  session_token: text
    .optional()
    .describe('From the environment, where AWS_SESSION_TOKEN is looked for unless given.'),
  anonymous: z.boolean().optional().describe('Asks without credentials, for buckets that anybody may read.'),
  addressing: z
    .enum(['path', 'host'])
    .optional()
    .describe('Where requests name the bucket: path where an endpoint is given, else host.'),
  timeout: text.optional().describe('How long the service may say nothing; "1 minute" unless given.'),
})

export const sftpConnection = z.strictObject({
  type: z.literal('sftp').describe('A server of files that speaks SFTP.'),
  host: text.describe('Its name or address.'),
  port: port.optional().describe('22 unless given.'),
  user: text.describe('Who logs in.'),
  path: text
    .optional()
    .describe(
      'The folder that paths start from: of the server’s root when it begins with /, else of the user’s home.',
    ),
  password,
  key_file: text
    .optional()
    .describe(
      'The file of a private key, relative to the project folder; ~/ is the home of whoever runs it.',
    ),
  private_key: text.optional().describe('The text of a private key, from the environment.'),
  passphrase: text.optional().describe('Of the private key, from the environment.'),
  agent: z
    .boolean()
    .optional()
    .describe(
      'Whether keys of the agent at SSH_AUTH_SOCK may log in; true unless a password or a key is given.',
    ),
  host_key: z
    .union([text, z.array(text).min(1, 'must have one at least')])
    .optional()
    .describe(
      'The key that the host must show: its fingerprint as SHA256:…, or the key itself as "ssh-ed25519 AAAA…"; several while it is being replaced.',
    ),
  known_hosts: text
    .optional()
    .describe('A file of known hosts, where no host_key is given; ~/.ssh/known_hosts unless given.'),
  timeout: text.optional().describe('How long the server may say nothing; "1 minute" unless given.'),
})

const later = z.looseObject({
  type: z.enum(['mssql', 'oracle', 'mongodb', 'http', 'kafka', 'mqtt', 'gcs', 'azure']).describe('Not yet.'),
})

/** One entry of `connections:` in waterworks.yml. */
export const connectionEntry = z.discriminatedUnion('type', [
  files,
  postgresConnection,
  mysqlConnection,
  s3Connection,
  sftpConnection,
  later,
])

export type S3ConnectionEntry = z.infer<typeof s3Connection>
export type SftpConnectionEntry = z.infer<typeof sftpConnection>
export type ConnectionEntry = z.infer<typeof connectionEntry>
export type DatabaseConnectionEntry = z.infer<typeof postgresConnection> | z.infer<typeof mysqlConnection>
