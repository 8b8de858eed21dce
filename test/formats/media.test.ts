import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { exifColumns } from '../../src/formats/media/exif-columns.ts'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

/** Written by Pillow with piexif, and by FFmpeg. */
const golden = (name: string) => readFileSync(join(import.meta.dirname, 'goldens/documents', name))

async function row(name: string) {
  const { records, rows, rejects } = await fixture.stage(name, golden(name))
  expect([records, rejects]).toEqual([1, []])
  return rows[0]
}

describe('a picture', () => {
  it('is a record of what its EXIF block says, beside its size and hash', async () => {
    const content = golden('photo.jpg')
    expect(await row('photo.jpg')).toMatchObject({
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      mime_type: 'image/jpeg',
      width: 32,
      height: 24,
      bit_depth: 8,
      orientation: 6,
      camera_make: 'Kamera',
      camera_model: 'K 1',
      lens_model: '50 mm',
      artist: 'Ada Example',
      owner_name: 'Ada Example',
      gps_latitude: -33.8587083,
      gps_longitude: 151.211225,
      gps_altitude: 12.5,
    })
    expect(String((await row('photo.jpg'))?.['taken_at'])).toMatch(/2026-07-01.12:30:05/)
  })

  it.each([
    ['photo.webp', 'image/webp', 'Kamera'],
    ['plain.avif', 'image/avif', null],
    ['plain.gif', 'image/gif', null],
    ['plain.png', 'image/png', null],
    ['plain.tiff', 'image/tiff', null],
  ])('%s has its dimensions', async (name, mime, make) => {
    expect(await row(name)).toMatchObject({ mime_type: mime, width: 32, height: 24, camera_make: make })
  })

  it('is known by its content, whatever its name ends with', async () => {
    const { rows } = await fixture.stage('a.jpg', golden('plain.png'))
    expect(rows).toMatchObject([{ mime_type: 'image/png', format: 'PNG' }])
  })
})

describe('a sound', () => {
  it('is a record of its stream and its tags', async () => {
    expect(await row('song.mp3')).toMatchObject({
      mime_type: 'audio/mpeg',
      codec: 'MPEG Audio',
      channels: 1,
      sample_rate: 22050,
      title: 'A song',
      artist: 'Ada Example',
      album: 'Songs',
      track: '3',
      genre: 'Jazz',
      recorded: '2026',
    })
  })

  it.each([
    ['song.opus', 'audio/ogg', 'Opus'],
    ['song.m4a', 'audio/mp4', 'AAC'],
  ])('%s plays for a second', async (name, mime, codec) => {
    const found = await row(name)
    expect(found).toMatchObject({ mime_type: mime, codec })
    expect(found?.['duration_seconds']).toBeCloseTo(1, 1)
  })
})

describe('a film', () => {
  it('is a record of its streams, and of where it was taken', async () => {
    expect(await row('film.mp4')).toMatchObject({
      mime_type: 'video/mp4',
      duration_seconds: 1,
      codec: 'AVC',
      width: 64,
      height: 48,
      frame_rate: 10,
      audio_codec: 'AAC',
      audio_tracks: 1,
      subtitle_tracks: 0,
      title: 'A film',
      gps_latitude: 48.857697,
      gps_longitude: 2.294998,
    })
    expect(await row('film.webm')).toMatchObject({ mime_type: 'video/webm', codec: 'VP8', audio_tracks: 0 })
  })
})

describe('a file that is none of its kind', () => {
  it.each([
    ['a.jpg', '', 'the file is empty'],
    ['a.jpg', 'no picture', 'the file has no image of a known format'],
    ['a.mp3', golden('plain.png'), 'the file has no audio of a known format'],
    ['a.mp4', golden('song.mp3'), 'the file has no video of a known format'],
  ])('%s is rejected, and says why', async (name, content, reason) => {
    const { records, rows, rejects } = await fixture.stage(name, content)
    expect([records, rows]).toEqual([1, []])
    expect(rejects).toMatchObject([{ reason }])
  })

  it('damaged at random is a row or a reject, never an end of the process', async () => {
    const names = ['photo.jpg', 'film.mp4', 'song.mp3', 'plain.tiff']
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(9999), fc.nat(255)), { maxLength: 20 }),
        fc.nat(9999),
        async (name, changes, cut) => {
          const content = Buffer.from(golden(name))
          for (const [at, byte] of changes) content[at % content.length] = byte
          const { records, decoded } = await fixture.decode(
            name,
            content.subarray(0, 1 + (cut % content.length)),
            {},
          )
          expect([records, decoded.length]).toEqual([1, 1])
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has no place, moment or maker beyond what EXIF can say', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1015), fc.nat(255)), { minLength: 1, maxLength: 30 }),
        (changes) => {
          const content = Buffer.from(golden('photo.jpg'))
          for (const [at, byte] of changes) content[at] = byte
          const found = exifColumns(content)
          expect(Math.abs(Number(found['gps_latitude'] ?? 0))).toBeLessThanOrEqual(90)
          expect(Math.abs(Number(found['gps_longitude'] ?? 0))).toBeLessThanOrEqual(180)
          expect(found['taken_at'] ?? '2026-07-01 12:30:05').toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
        },
      ),
      { numRuns: 100 },
    )
  })
})
