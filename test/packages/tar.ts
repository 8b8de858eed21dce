export interface Entry {
  readonly path: string
  readonly type?: '0' | '1' | '2' | '3' | '5'
  readonly content?: string
  readonly target?: string
}

/** A tar archive with pax headers for names that are too long for tar's own. */
export function tar(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ path, type = '0', content = '', target = '' }) => [
    ...(path.length > 100 ? [block({ name: 'pax', type: 'x', content: record('path', path) })] : []),
    block({ name: path.slice(0, 100), type, content, target }),
  ])
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

function record(key: string, value: string): string {
  const body = ` ${key}=${value}\n`
  const length = [2, 3, 4]
    .map((digits) => digits + body.length)
    .find((total, index) => String(total).length === index + 2)
  return `${length}${body}`
}

function block(given: { name: string; type: string; content: string; target?: string }): Buffer {
  const header = Buffer.alloc(512)
  const content = Buffer.from(given.content)
  header.write(given.name, 0, 100)
  header.write('0000644\0', 100)
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write('        ', 148)
  header.write(given.type, 156)
  header.write(given.target ?? '', 157, 100)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}
