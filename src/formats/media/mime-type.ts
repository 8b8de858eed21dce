import type { MediaFile } from './media-columns.ts'

/** By MediaInfo's name of the format, in lower case; of containers, with and without pictures. */
const TYPES: Readonly<Record<string, string | readonly [video: string, audio: string]>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  tiff: 'image/tiff',
  bitmap: 'image/bmp',
  heif: 'image/heif',
  heic: 'image/heic',
  avif: 'image/avif',
  'mpeg-4': ['video/mp4', 'audio/mp4'],
  quicktime: 'video/quicktime',
  matroska: ['video/x-matroska', 'audio/x-matroska'],
  webm: ['video/webm', 'audio/webm'],
  avi: 'video/x-msvideo',
  'windows media': ['video/x-ms-wmv', 'audio/x-ms-wma'],
  'flash video': 'video/x-flv',
  'mpeg-ps': 'video/mpeg',
  'mpeg video': 'video/mpeg',
  'mpeg-ts': 'video/mp2t',
  bdav: 'video/mp2t',
  ogg: ['video/ogg', 'audio/ogg'],
  'mpeg audio': 'audio/mpeg',
  flac: 'audio/flac',
  wave: 'audio/wav',
  aiff: 'audio/aiff',
  adts: 'audio/aac',
}

/** The media type of a file by its content, whatever its name ends with; undefined for formats that have no well-known one. */
export function mimeType({ general, count }: MediaFile): string | undefined {
  const format = String(general['Format'] ?? '').toLowerCase()
  if (format === 'mpeg-4' && general['Format_Profile'] === 'QuickTime') return 'video/quicktime'
  const type = Object.hasOwn(TYPES, format) ? TYPES[format] : undefined
  return typeof type === 'string' ? type : type?.[count.Video > 0 ? 0 : 1]
}
