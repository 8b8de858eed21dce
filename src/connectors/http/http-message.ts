import { constants } from 'node:buffer'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { BodySpool } from './body-spool.ts'

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
  /** Names as the server wrote them. */
  readonly headers: Readonly<Record<string, string>>
  readonly content: BodySpool
  readonly #lower: ReadonlyMap<string, string>

  constructor(status: number, url: string, headers: Readonly<Record<string, string>>, content: BodySpool) {
    this.status = status
    this.url = url
    this.headers = headers
    this.content = content
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

  /** All of the body at once; `content` has it piece by piece. Throws WW4413 where that is too much. */
  get text(): string {
    if (this.content.size > constants.MAX_STRING_LENGTH / 2) {
      throw new WaterworksError('WW4413', { message: 'the answer is too large to be decoded at once' })
    }
    return this.content.whole().toString('utf8')
  }
}
