import type { MatchedFile } from '../expand-glob.ts'

/** A file as its storage shows it, without its content. */
export interface FileFacts {
  readonly size: number
  readonly mtimeMs: number
}

/** A file's bytes on this machine, until it is let go. */
export interface HeldFile extends AsyncDisposable {
  /** Where they are now, absolute. */
  readonly path: string
  /** What `stamp` said of them. */
  readonly stamp: string
  /** Whether the storage's file is still what is held. */
  isUnchanged(): Promise<boolean>
}

/** Where files are. `file` is what the storage calls one. */
export interface FileStorage {
  /** The files that a glob matches, in the order of their names' code points, without hidden ones. */
  match(glob: string): Promise<readonly MatchedFile[]>
  /** What the file of an origin is called here. */
  fileOf(origin: string): string
  /** Undefined when there is no such file. */
  look(file: string): Promise<FileFacts | undefined>
  /** A short text that changes whenever a file does. Rejects when there is no such file. */
  stamp(file: string): Promise<string>
  /** The content of a small file, as UTF-8; undefined when there is none. */
  text(file: string): Promise<string | undefined>
  /** Brings a file here. Undefined when something writes to it. */
  hold(file: string): Promise<HeldFile | undefined>
  close(): Promise<void>
}
