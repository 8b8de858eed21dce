import { WaterworksError } from '../../../errors/waterworks-error.ts'

/** A file of a store, as a listing shows it. */
export interface RemoteFile {
  /** From the store's root: `bucket/folder/name`. */
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
  /** Changes whenever the file does. */
  readonly version: string
}

/** What a kind of store does in its own way. Errors are WW4015 (the store), of which `StoreRefusal` is one, and `RemoteFileChanged`. */
export interface RemoteStore {
  /** What URLs of its files begin with: `s3://`, `sftp://host`. */
  readonly scheme: string
  /**
   * Files whose paths begin with a prefix.
   * @param mayHold whether a folder, given as its path, can have anything that is wanted below it
   */
  list(prefix: string, mayHold: (folder: string) => boolean): AsyncIterable<RemoteFile>
  /** Undefined when there is no such file. */
  look(path: string): Promise<RemoteFile | undefined>
  /**
   * The bytes of that version of a file from one on, as they come: what came before a connection was cut is given before the
   * error, which a stream would not do.
   */
  open(file: RemoteFile, from: number): Promise<AsyncIterable<Uint8Array>>
  close(): Promise<void>
}

/** The file is no longer the one that was listed. */
export class RemoteFileChanged extends Error {
  constructor(path: string) {
    super(`${path} changed`)
    this.name = 'RemoteFileChanged'
  }
}

/** WW4015 that asking again would not change: a host that is not the one meant, credentials that it does not take. */
export class StoreRefusal extends WaterworksError {
  constructor(message: string, hint?: string) {
    super('WW4015', { message, hint })
  }
}
