import type { JsonObject } from '../../api-manifest/json.ts'
import type { BodySpool } from '../http/body-spool.ts'
import type { Pause } from '../http/pause.ts'
import type { RetryingClient } from '../http/retrying-client.ts'
import type { CredentialStore } from './credentials/credential-store.ts'
import type { SingleUseTokens } from './credentials/single-use-tokens.ts'
import type { Cursor } from './cursor/cursor.ts'
import type { Definition } from './definition.ts'
import type { ResponseCache } from './response-cache.ts'
import type { DeclarativeStream, Decoder, Role, Roles, Transformation } from './roles/roles.ts'

/** Makes a component of what the manifest says of it. */
export type Make<T> = (definition: Definition, builder: Builder) => T

/** A type of component: what manifests call it, what it is for, and how it is made. */
export interface ComponentType<R extends Role> {
  readonly type: string
  readonly make: Make<Roles[R]>
}

/** Every type of component, by what it is for and then by its name. */
export type ComponentTable = { readonly [R in Role]: ReadonlyMap<string, Make<Roles[R]>> }

/** What a retriever knows of the stream that it is of. */
export interface StreamAround {
  readonly name: string
  readonly cursor: Cursor
  readonly transformations: readonly Transformation[]
  /** The newest records come first, and pages end where they are known. */
  readonly isDataFeed: boolean
  /** Records are told apart here, and not by the server. */
  readonly isFilteredHere: boolean
  readonly schema: () => Promise<JsonObject | undefined>
}

export interface BuilderOptions {
  readonly table: ComponentTable
  readonly client: RetryingClient
  readonly cache: ResponseCache
  readonly signal: AbortSignal
  /** The text of a file beside the manifest; undefined when there is none. */
  readonly readFile: (path: string) => string | undefined
  /** Makes a stream of its definition; `state` is what it goes on from. */
  readonly makeStream: (definition: Definition, builder: Builder, state: JsonObject) => DeclarativeStream
  readonly pause: Pause
  /** Where credentials are kept that a server changes; undefined where nothing may be kept. */
  readonly credentials: CredentialStore | undefined
  /** What all streams of a connection share, by name. */
  readonly shared: Map<string, SingleUseTokens>
  /** Where large bodies lie while they are read. */
  readonly newSpool: () => BodySpool
  /** Gets every secret that is learnt on the way, such as a token. */
  readonly onSecret: (secret: string) => void
  readonly decoder?: Decoder | undefined
  readonly stream?: StreamAround | undefined
  /** The state of the stream that is being made. */
  readonly state?: JsonObject | undefined
}

/** Makes components and what is within them. Throws WW4404 for a type that is not there. */
export class Builder {
  readonly #options: BuilderOptions

  constructor(options: BuilderOptions) {
    this.#options = options
  }

  get client(): RetryingClient {
    return this.#options.client
  }

  get cache(): ResponseCache {
    return this.#options.cache
  }

  get signal(): AbortSignal {
    return this.#options.signal
  }

  get decoder(): Decoder | undefined {
    return this.#options.decoder
  }

  get state(): JsonObject {
    return this.#options.state ?? {}
  }

  get stream(): StreamAround | undefined {
    return this.#options.stream
  }

  readFile(path: string): string | undefined {
    return this.#options.readFile(path)
  }

  get credentials(): CredentialStore | undefined {
    return this.#options.credentials
  }

  /** Tokens that all streams of the connection share. */
  shared(name: string, make: () => SingleUseTokens): SingleUseTokens {
    const known = this.#options.shared.get(name) ?? make()
    this.#options.shared.set(name, known)
    return known
  }

  /** Waits; rejects at once when the read is stopped. */
  wait(seconds: number): Promise<void> {
    return this.#options.pause(seconds * 1000, this.signal)
  }

  newSpool(): BodySpool {
    return this.#options.newSpool()
  }

  learnSecret(secret: string): void {
    if (secret !== '') this.#options.onSecret(secret)
  }

  make<R extends Role>(role: R, definition: Definition): Roles[R] {
    const make = this.#options.table[role].get(definition.type)
    if (make === undefined) throw definition.missing(role)
    return make(definition, this)
  }

  makeStream(definition: Definition, state: JsonObject): DeclarativeStream {
    return this.#options.makeStream(definition, this, state)
  }

  /** A builder for what stands within a component that decodes its own way. */
  withDecoder(decoder: Decoder | undefined): Builder {
    return new Builder({ ...this.#options, decoder })
  }

  withStream(stream: StreamAround | undefined): Builder {
    return new Builder({ ...this.#options, stream })
  }

  withSignal(signal: AbortSignal): Builder {
    return new Builder({ ...this.#options, signal })
  }

  withState(state: JsonObject): Builder {
    return new Builder({ ...this.#options, state })
  }
}
