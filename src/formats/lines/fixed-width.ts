import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { FixedWidthScan } from '../file-scan.ts'
import { type LineReader, lineDecoder } from './line-decoder.ts'

/** Lines whose columns stand at fixed places, counted in characters from 1. */
export const fixedWidthDecoder = lineDecoder<FixedWidthScan>({
  outline(text, options) {
    const { layout = [], skipLines = 0, ragged = false, nullTexts = [] } = options
    if (layout.length === 0) {
      throw new WaterworksError('WW4011', { message: 'a file of fixed width has no "layout"' })
    }
    return { format: 'fixed-width', ...text, skipLines, layout, ragged, nullTexts, fields: [] }
  },
  reader: ({ layout, ragged, nullTexts }): LineReader => {
    const end = layout.some(({ to }) => to === null) ? null : Math.max(...layout.map(({ to }) => to ?? 0))
    const shortest = ragged ? 0 : Math.max(...layout.map(({ from, to }) => to ?? from - 1))
    return {
      names: layout.map(({ name }) => name),
      read(line) {
        // Characters beyond the basic plane are two units of a JavaScript text.
        const characters = /[\ud800-\udfff]/.test(line) ? [...line] : line
        const { length } = characters
        const cut = (from: number, to?: number): string => {
          const piece = characters.slice(from, to)
          return typeof piece === 'string' ? piece : piece.join('')
        }
        if (length < shortest) return `the line has ${length} characters, and the layout ${shortest}`
        if (end !== null && length > end && cut(end).trim() !== '') {
          return `the line goes on behind the layout's ${end} characters`
        }
        return layout.map(({ from, to }) => {
          const value = cut(from - 1, to ?? undefined).trim()
          return value === '' || nullTexts.includes(value) ? null : value
        })
      },
    }
  },
})
