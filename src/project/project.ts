import type { Contract } from '../contracts/contract.ts'
import type { Diagnostic } from '../errors/diagnostics.ts'
import type { Location } from '../errors/location.ts'
import type { Origin } from './origin.ts'
import type { DbtPackage } from './package.ts'
import type { Privacy } from './personal-data.ts'
import type { Pipeline } from './pipeline.ts'

/** Every file of a project, parsed and validated. Frozen data; nothing in it was read from a database. */
export interface Project {
  readonly name: string
  /** The project folder, absolute. */
  readonly root: string
  readonly targets: Readonly<Record<string, Target>>
  readonly defaultTarget: string
  readonly threads: number
  readonly publish: Publish
  /** Databases to read from, by name. */
  readonly connections: Readonly<Record<string, Connection>>
  /** Places of files other than the disk, by name. */
  readonly stores: Readonly<Record<string, StoreConnection>>
  readonly pipelines: readonly Pipeline[]
  readonly privacy: Privacy
  /** Data contracts, of files under contracts/. */
  readonly contracts: readonly Contract[]
  /** The project itself, then those installed for it by name, then what is built in (`dbt` last). */
  readonly packages: readonly DbtPackage[]
  /** Values that came from secret places: they must never be shown or kept. */
  readonly secrets: readonly string[]
  /** Warnings only: a project with errors is never returned. */
  readonly warnings: readonly Diagnostic[]
  /** The line and column of a value in a YAML file. */
  locate(origin: Origin): Location
}

/** Whether a model is published once its checks have passed, or at once and then checked, as dbt does. */
export type Publish = 'after_tests' | 'immediately'

export type Target =
  | {
      readonly type: 'duckdb'
      readonly path: string
      readonly schema: string
      readonly threads?: number
      /** As DuckDB takes it: "512MB", "50%". */
      readonly memoryLimit?: string | undefined
      /** What DuckDB takes when the database is opened, by name. */
      readonly config?: Readonly<Record<string, string>> | undefined
      /** What each connection sets, by name. */
      readonly settings?: Readonly<Record<string, string | number | boolean>> | undefined
      readonly extensions?: readonly string[] | undefined
      readonly attached?: readonly AttachedDatabase[] | undefined
    }
  | {
      readonly type: 'postgres'
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string | undefined
      readonly database: string
      readonly schema: string
      readonly threads?: number
    }

/** Another database beside a DuckDB target's own. */
export interface AttachedDatabase {
  /** A file, relative to the project folder, or whatever the type takes. */
  readonly path: string
  readonly alias?: string | undefined
  readonly type?: string | undefined
  readonly readOnly?: boolean | undefined
}

/** Where files are, other than the disk. */
export type StoreConnection = S3Connection | SftpConnection

/** Files in buckets of S3. What is undefined is looked for in the environment. */
export interface S3Connection {
  readonly type: 's3'
  readonly name: string
  readonly endpoint: string | undefined
  readonly region: string | undefined
  readonly accessKeyId: string | undefined
  readonly secretAccessKey: string | undefined
  readonly sessionToken: string | undefined
  readonly anonymous: boolean
  readonly addressing: 'path' | 'host'
  readonly timeoutMs: number
  /** What it needs from the environment and what is not there, in words: it cannot be used without. */
  readonly lacks: readonly string[]
}

/** Files of a server that speaks SFTP. */
export interface SftpConnection {
  readonly type: 'sftp'
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  /** The file of a private key, or its text. */
  readonly keyFile: string | undefined
  readonly privateKey: string | undefined
  readonly passphrase: string | undefined
  readonly agent: boolean
  /** Fingerprints and public keys, one of which the host must show; it is looked for among known hosts when there are none. */
  readonly hostKeys: readonly string[]
  readonly knownHosts: string
  readonly timeoutMs: number
  /** As of S3. */
  readonly lacks: readonly string[]
}

/** A database to read from. */
export interface Connection {
  readonly type: 'postgres' | 'mysql'
  readonly name: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  readonly ssl: 'disable' | 'require' | 'verify-full'
  readonly maxConnections: number
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly applicationName: string
  /** What it needs from the environment and what is not there, in words: it cannot be used without. */
  readonly lacks: readonly string[]
}
