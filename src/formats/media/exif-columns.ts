import ExifReader, { type ExpandedTags } from 'exifreader'

/** The columns, and EXIF's names of them. What names devices and owners beyond that is left where it is. */
const TEXTS: Readonly<Record<string, string>> = {
  camera_make: 'Make',
  camera_model: 'Model',
  lens_model: 'LensModel',
  software: 'Software',
  description: 'ImageDescription',
  artist: 'Artist',
  owner_name: 'CameraOwnerName',
  copyright: 'Copyright',
}

/** What EXIF says of a picture, by column; nothing where there is none, or none that can be read. */
export function exifColumns(start: Buffer): Readonly<Record<string, string>> {
  const tags = parse(start)
  const columns: Record<string, string> = {}
  for (const [column, name] of Object.entries(TEXTS)) {
    const text = description(tags.exif, name)
    if (text !== undefined) columns[column] = text
  }
  const orientation = tags.exif?.Orientation?.value
  if (typeof orientation === 'number') columns['orientation'] = String(orientation)
  const taken = moment(description(tags.exif, 'DateTimeOriginal') ?? '')
  if (taken !== undefined) columns['taken_at'] = taken
  const { Latitude: latitude, Longitude: longitude, Altitude: altitude } = tags.gps ?? {}
  // One without the other is no place.
  if (isWithin(latitude, 90) && isWithin(longitude, 180)) {
    columns['gps_latitude'] = degrees(latitude)
    columns['gps_longitude'] = degrees(longitude)
    if (isWithin(altitude, 1e6)) columns['gps_altitude'] = degrees(altitude)
  }
  return columns
}

function parse(start: Buffer): Partial<ExpandedTags> {
  try {
    return ExifReader.load(start, { expanded: true })
  } catch {
    return {}
  }
}

function description(tags: object | undefined, name: string): string | undefined {
  const tag: unknown =
    tags === undefined ? undefined : new Map<string, unknown>(Object.entries(tags)).get(name)
  if (typeof tag !== 'object' || tag === null || !('description' in tag)) return undefined
  const text = typeof tag.description === 'string' ? tag.description.replaceAll('\0', '').trim() : ''
  return text === '' ? undefined : text.toWellFormed()
}

/** `2026:07:01 12:30:00`, by the clock of the camera. */
function moment(text: string): string | undefined {
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/.exec(text)
  if (found === null) return undefined
  const [, year, month, day, time] = found
  const date = new Date(`${year}-${month}-${day}T${time}Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
    ? `${year}-${month}-${day} ${time}`
    : undefined
}

function isWithin(value: number | undefined, most: number): value is number {
  return value !== undefined && Number.isFinite(value) && Math.abs(value) <= most
}

/** To a centimetre: EXIF has fractions, whose quotients have digits without end. */
function degrees(value: number): string {
  return String(Number(value.toFixed(7)))
}
