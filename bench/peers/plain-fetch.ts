/** `node plain-fetch.ts URL`: asks for page after page and parses them, which is the least that a reader of the API must do. */
import { Agent, get } from 'node:http'

const agent = new Agent({ keepAlive: true })
let records = 0

function page(url: string): Promise<{ readonly data: readonly unknown[]; readonly next: string | null }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
      response.on('error', reject)
    }).on('error', reject)
  })
}

for (let url: string | null = `${process.argv[2]}/orders`; url !== null; ) {
  const { data, next } = await page(url)
  records += data.length
  url = next
}
agent.destroy()
process.stdout.write(`${records}\n`)
