import type { Connection as Session } from 'mysql2'
import type { Connection } from '../../project/project.ts'

/** A session on a server. Rejects with what the driver says, which is loaded at the first call. */
export async function openSession(connection: Connection): Promise<Session> {
  const { createConnection } = await import('mysql2')
  const { host, port, user, password, database, ssl, connectTimeoutMs, applicationName } = connection
  const session = createConnection({
    host,
    port,
    user,
    database,
    ...(password === undefined ? {} : { password }),
    charset: 'UTF8MB4_GENERAL_CI',
    connectTimeout: connectTimeoutMs,
    enableKeepAlive: true,
    connectAttributes: { program_name: applicationName },
    // A server could ask for any file of ours otherwise.
    flags: ['-LOCAL_FILES'],
    ...(ssl === 'disable'
      ? {}
      : { ssl: { rejectUnauthorized: ssl === 'verify-full', verifyIdentity: ssl === 'verify-full' } }),
  })
  session.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    session.connect((error: unknown) => (error == null ? resolve() : reject(error)))
  }).catch((error: unknown) => {
    session.destroy()
    throw error
  })
  return session
}
