import { SaxesParser } from 'saxes'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { RemoteFile } from './remote-store.ts'

/** A page of what ListObjectsV2 answers. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export interface ListingPage {
  /** Their paths are keys, without the bucket. */
  readonly files: readonly RemoteFile[]
  /** What the next page is asked for with; undefined for the last. */
  readonly next: string | undefined
}

/** Reads a page of a listing. Throws WW4015 for what is none. */
export function parseListing(xml: string): ListingPage {
  const files: RemoteFile[] = []
  const open: string[] = []
  let values: Record<string, string> = {}
  let page: Record<string, string> = {}
  let text = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    open.push(name)
    text = ''
    if (name === 'Contents') values = {}
  })
  parser.on('text', (part) => {
    text += part
  })
  parser.on('closetag', ({ name }) => {
    open.pop()
    if (name === 'Contents') files.push(asFile(values))
    else if (open.at(-1) === 'Contents') values[name] = text
    else if (open.length === 1) page = { ...page, [name]: text }
    text = ''
  })
  try {
    parser.write(xml).close()
  } catch (cause) {
    throw new WaterworksError('WW4015', { message: 'the service answers a listing that is no XML', cause })
  }
  return { files, next: page['IsTruncated'] === 'true' ? page['NextContinuationToken'] : undefined }
}

function asFile({
  Key: path,
  Size: size,
  LastModified: time,
  ETag: version,
}: Record<string, string>): RemoteFile {
  const file = {
    path: path ?? '',
    size: Number(size),
    mtimeMs: Date.parse(time ?? ''),
    version: version ?? '',
  }
  if (
    file.path !== '' &&
    Number.isSafeInteger(file.size) &&
    !Number.isNaN(file.mtimeMs) &&
    file.version !== ''
  )
    return file
  throw new WaterworksError('WW4015', {
    message: 'the service lists a file without a name, size, time or tag',
  })
}
