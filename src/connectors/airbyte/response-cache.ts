import type { HttpRequest, HttpResponse } from '../http/http-message.ts'

/** Bytes of bodies that are kept at most; beyond, responses are asked for again. */
const LARGEST = 32 * 1024 * 1024

/** Answers to requests whose stream is read several times in a run, as parents of other streams are. */
export class ResponseCache {
  readonly #responses = new Map<string, HttpResponse>()
  #bytes = 0

  get(request: HttpRequest): HttpResponse | undefined {
    return this.#responses.get(keyOf(request))
  }

  keep(request: HttpRequest, response: HttpResponse): void {
    const { size, isInMemory } = response.content
    if (!isInMemory || this.#bytes + size > LARGEST) return
    this.#bytes += size
    this.#responses.set(keyOf(request), response)
  }
}

function keyOf({ method, url, headers, body }: HttpRequest): string {
  return JSON.stringify([method, url, Object.entries(headers).toSorted(), body])
}
