/** `node page-server.ts RECORDS`: serves orders in pages of a hundred until it is stopped; prints its address as a line. */
import { createServer } from 'node:http'

const PAGE = 100
const records = Number(process.argv[2])

const server = createServer((request, response) => {
  const { origin, searchParams } = new URL(request.url ?? '/', `http://${request.headers.host}`)
  const from = Number(searchParams.get('from') ?? 0)
  const data = Array.from({ length: Math.min(PAGE, records - from) }, (_, i) => order(from + i))
  const next = from + PAGE < records ? `${origin}/orders?from=${from + PAGE}` : null
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data, next }))
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  process.stdout.write(`http://127.0.0.1:${address.port}\n`)
})

function order(id: number): object {
  return {
    id,
    customer: { id: id % 5000, email: `customer-${id % 5000}@example.com` },
    status: ['placed', 'sent', 'returned'][id % 3],
    amount: (id % 10_000) / 100,
    placed_at: new Date(1_700_000_000_000 + id * 60_000).toISOString(),
    lines: [{ sku: `SKU-${id % 400}`, quantity: 1 + (id % 4) }],
  }
}
