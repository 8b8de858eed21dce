/** A request as it goes over the wire. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** A response whose body is wholly here. */
export class HttpResponse {
  readonly status: number
  /** Where it came from in the end. */
  readonly url: string
  readonly body: Buffer
  /** Names as the server wrote them. */
  readonly headers: Readonly<Record<string, string>>
  readonly #lower: ReadonlyMap<string, string>

  constructor(status: number, url: string, headers: Readonly<Record<string, string>>, body: Buffer) {
    this.status = status
    this.url = url
    this.headers = headers
    this.body = body
    this.#lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  }

  /** Whether the server says that it did what was asked. */
  get isOk(): boolean {
    return this.status < 400
  }

  /** A header, however its name is written. */
  header(name: string): string | undefined {
    return this.#lower.get(name.toLowerCase())
  }

  get text(): string {
    return this.body.toString('utf8')
  }
}
