import { connect, createServer, type Socket } from 'node:net'

/** What happens to one connection, once so many bytes came from the server through it. */
export interface Mischief {
  readonly afterBytes: number
  readonly act: 'cut' | 'stall' | 'slow'
}

export interface HostileProxy {
  readonly port: number
  /** How often something was done. */
  readonly done: number
  /** Cuts every connection there is now. */
  cutAll(): void
  close(): Promise<void>
}

/**
 * A way to a server that cuts, stalls and slows connections at chosen bytes. `next` is asked when a connection has
 * passed on `enough` bytes, which those that only hold something open never do; undefined leaves it alone.
 */
export async function hostileProxy(
  target: { readonly host: string; readonly port: number },
  enough: number,
  next: () => Mischief | undefined,
): Promise<HostileProxy> {
  const open = new Set<Socket>()
  let done = 0
  const server = createServer((client) => {
    const upstream = connect(target.port, target.host)
    let passed = 0
    let mischief: Mischief | undefined
    let asked = false
    for (const socket of [client, upstream]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (chunk: Buffer) => {
      passed += chunk.length
      if (!asked && passed >= enough) {
        asked = true
        mischief = next()
      }
      if (mischief === undefined || passed < mischief.afterBytes) {
        pass(client, upstream, chunk)
        return
      }
      const { act, afterBytes } = mischief
      mischief = undefined
      done++
      if (act === 'cut') {
        // Some of the chunk still arrives: the cut is at a byte, not at a message.
        client.write(chunk.subarray(0, Math.max(0, chunk.length - (passed - afterBytes))), () =>
          client.destroy(),
        )
        upstream.destroy()
      } else if (act === 'stall') upstream.pause()
      else {
        upstream.pause()
        setTimeout(() => {
          pass(client, upstream, chunk)
          upstream.resume()
        }, 300)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address !== 'object') throw new Error('no port was given')
  return {
    port: address.port,
    get done() {
      return done
    },
    cutAll() {
      for (const socket of open) socket.destroy()
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function pass(client: Socket, upstream: Socket, chunk: Buffer): void {
  if (client.write(chunk)) return
  upstream.pause()
  client.once('drain', () => upstream.resume())
}
