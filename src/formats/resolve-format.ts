import { basename } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Compression } from './file-scan.ts'
import type { ScanOptions } from './scan-options.ts'

export type Format = NonNullable<ScanOptions['format']>

const endings: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  parquet: 'parquet',
  avro: 'avro',
  orc: 'orc',
  xlsx: 'excel',
  xlsm: 'excel',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
  pdf: 'pdf',
  ...endingsOf('image', 'jpg jpeg png gif webp tif tiff bmp heic heif avif'),
  ...endingsOf('audio', 'mp3 wav flac ogg oga opus m4a aac aif aiff wma'),
  ...endingsOf('video', 'mp4 m4v mov mkv webm avi wmv mpg mpeg mts m2ts flv 3gp ogv'),
}

function endingsOf(format: Format, names: string): Readonly<Record<string, Format>> {
  return Object.fromEntries(names.split(' ').map((name) => [name, format]))
}

/** The format an option or the file's ending says (before `.gz` or `.zst`), or WW4003. */
export function resolveFormat(file: string, options: ScanOptions): Format {
  if (options.format !== undefined) return options.format
  const format = formatOf(file)
  if (format) return format
  throw new WaterworksError('WW4003', { message: `${basename(file)}: its ending does not tell the format` })
}

/** The format that a file's ending says; undefined where it says none. */
export function formatOf(file: string): Format | undefined {
  const name = basename(file).toLowerCase()
  const ending = /\.([a-z0-9]+)(\.(gz|gzip|zst|zstd))?$/.exec(name)?.[1]
  return ending === undefined ? undefined : endings[ending]
}

/** The compression an option says, or else the file's first bytes: a wrong ending does no harm. */
export function resolveCompression(start: Buffer, options: ScanOptions): Compression {
  if (options.compression !== undefined) return options.compression
  if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip'
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528) return 'zstd'
  return 'none'
}
