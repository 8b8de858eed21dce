import type { LogicalType } from '../../batch/logical-type.ts'
import type { MediaPiece } from '../isolated/reader-task.ts'
import { mimeType } from './mime-type.ts'

export type MediaKind = 'image' | 'audio' | 'video'
type Track = MediaPiece['tracks'][number]

/** A column of what is said of a file, and where it comes from. */
export interface MediaColumn {
  readonly name: string
  readonly type: LogicalType
  of(file: MediaFile): string | number | undefined
}

/** The first stream of each kind, and how many there are. */
export interface MediaFile {
  readonly general: Track
  readonly first: Readonly<Record<StreamType, Track | undefined>>
  readonly count: Readonly<Record<StreamType, number>>
  readonly exif: MediaPiece['exif']
}

type StreamType = 'Image' | 'Audio' | 'Video' | 'Text'
const STREAMS: readonly StreamType[] = ['Image', 'Audio', 'Video', 'Text']

/** The stream without which a file is none of its kind. */
export const NEEDED: Readonly<Record<MediaKind, StreamType>> = {
  image: 'Image',
  audio: 'Audio',
  video: 'Video',
}

const TEXT = { kind: 'text' } as const
const WHOLE = { kind: 'int64' } as const
const NUMBER = { kind: 'float64' } as const

const general = (name: string, key: string, type: LogicalType = TEXT): MediaColumn => ({
  name,
  type,
  of: (file) => file.general[key],
})
const stream = (name: string, of: StreamType, key: string, type: LogicalType = TEXT): MediaColumn => ({
  name,
  type,
  of: ({ first }) => first[of]?.[key],
})
const exif = (name: string, type: LogicalType = TEXT): MediaColumn => ({
  name,
  type,
  of: (file) => file.exif[name],
})
const streams = (name: string, of: StreamType): MediaColumn => ({
  name,
  type: WHOLE,
  of: ({ count }) => count[of],
})

const format: readonly MediaColumn[] = [
  { name: 'mime_type', type: TEXT, of: mimeType },
  general('format', 'Format'),
]
const playing: readonly MediaColumn[] = [
  general('duration_seconds', 'Duration', NUMBER),
  general('bit_rate', 'OverallBitRate', WHOLE),
]
const recorded: readonly MediaColumn[] = [general('title', 'Title'), general('recorded', 'Recorded_Date')]

/** What there is to know of a file of each kind, beside its size and hash. */
export const mediaColumns: Readonly<Record<MediaKind, readonly MediaColumn[]>> = {
  image: [
    ...format,
    stream('codec', 'Image', 'Format'),
    stream('width', 'Image', 'Width', WHOLE),
    stream('height', 'Image', 'Height', WHOLE),
    stream('bit_depth', 'Image', 'BitDepth', WHOLE),
    stream('color_space', 'Image', 'ColorSpace'),
    exif('orientation', WHOLE),
    exif('taken_at', { kind: 'timestamp' }),
    ...['camera_make', 'camera_model', 'lens_model', 'software', 'description'].map((name) => exif(name)),
    ...['artist', 'owner_name', 'copyright'].map((name) => exif(name)),
    ...['gps_latitude', 'gps_longitude', 'gps_altitude'].map((name) => exif(name, NUMBER)),
  ],
  audio: [
    ...format,
    ...playing,
    stream('codec', 'Audio', 'Format'),
    stream('channels', 'Audio', 'Channels', WHOLE),
    stream('sample_rate', 'Audio', 'SamplingRate', WHOLE),
    stream('bit_depth', 'Audio', 'BitDepth', WHOLE),
    ...recorded,
    general('artist', 'Performer'),
    general('album', 'Album'),
    general('album_artist', 'Album_Performer'),
    general('track', 'Track_Position'),
    general('genre', 'Genre'),
  ],
  video: [
    ...format,
    ...playing,
    stream('codec', 'Video', 'Format'),
    stream('width', 'Video', 'Width', WHOLE),
    stream('height', 'Video', 'Height', WHOLE),
    stream('frame_rate', 'Video', 'FrameRate', NUMBER),
    stream('rotation', 'Video', 'Rotation', NUMBER),
    stream('bit_depth', 'Video', 'BitDepth', WHOLE),
    stream('audio_codec', 'Audio', 'Format'),
    stream('audio_channels', 'Audio', 'Channels', WHOLE),
    stream('audio_sample_rate', 'Audio', 'SamplingRate', WHOLE),
    streams('audio_tracks', 'Audio'),
    streams('subtitle_tracks', 'Text'),
    ...recorded,
    { name: 'gps_latitude', type: NUMBER, of: place(1) },
    { name: 'gps_longitude', type: NUMBER, of: place(3) },
  ],
}

/** Sorts the streams of a file. */
export function mediaFile({ tracks, exif: found }: MediaPiece): MediaFile {
  const of = (type: string) => tracks.filter((track) => track['@type'] === type)
  const each = <T>(value: (type: StreamType) => T) =>
    Object.fromEntries(STREAMS.map((type) => [type, value(type)])) as Record<StreamType, T>
  return {
    general: of('General')[0] ?? {},
    first: each((type) => of(type)[0]),
    count: each((type) => of(type).length),
    exif: found,
  }
}

const PLACE = /^(?:([+-]?\d+(?:\.\d+)?)°?([NS]?)[ ,]*([+-]?\d+(?:\.\d+)?)°?([EW]?))/

/** Where a film was taken: each maker of telephones has a name of its own for it, and MediaInfo shows some as `48.8577°N 2.295°E`. */
function place(index: 1 | 3): MediaColumn['of'] {
  return ({ general: said }) => {
    const text = said['Recorded_Location'] ?? said['com_apple_quicktime_location_ISO6709'] ?? said['xyz']
    const found = PLACE.exec(String(text ?? ''))
    if (found === null) return undefined
    const degrees = Number(found[index])
    return found[index + 1] === 'S' || found[index + 1] === 'W' ? -degrees : degrees
  }
}
