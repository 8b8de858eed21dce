/** Why no whole answer came. Its words hold nothing of the request or the answer. */
export class NetworkError extends Error {
  /** `address` and `size` stay as they are however often one asks; the rest may pass. */
  readonly kind: 'network' | 'address' | 'size'

  constructor(message: string, kind: 'network' | 'address' | 'size' = 'network', options?: ErrorOptions) {
    super(message, options)
    this.name = 'NetworkError'
    this.kind = kind
  }

  static of(error: unknown): NetworkError {
    if (error instanceof NetworkError) return error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const words = WORDS[code] ?? `the connection failed${code === '' ? '' : ` (${code})`}`
    return new NetworkError(words, 'network', { cause: error })
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the server refuses connections',
  ECONNRESET: 'the server broke the connection',
  EPIPE: 'the server broke the connection',
  ENOTFOUND: 'no server is known by that name',
  EAI_AGAIN: 'the name of the server cannot be looked up now',
  ETIMEDOUT: 'the server does not answer in time',
}
