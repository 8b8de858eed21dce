import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { RegexScan } from '../file-scan.ts'
import { type LineReader, lineDecoder } from './line-decoder.ts'

/** Lines that a regular expression takes apart, one column for each named group. */
export const regexDecoder = lineDecoder<RegexScan>({
  outline(text, { pattern, skipLines = 0, nullTexts = [] }) {
    if (pattern === undefined) {
      throw new WaterworksError('WW4011', { message: 'a file read by a regular expression has no "pattern"' })
    }
    return { format: 'regex', ...text, skipLines, pattern, nullTexts, fields: [] }
  },
  reader: ({ pattern, nullTexts }): LineReader => {
    const expression = new RegExp(`^(?:${pattern})$`, 'su')
    const names = Object.keys(new RegExp(`${pattern}|`, 'su').exec('')?.groups ?? {})
    return {
      names,
      read(line) {
        const groups = expression.exec(line)?.groups
        if (groups === undefined) return 'the line does not match the pattern'
        return names.map((name) => {
          const value = groups[name]
          return value === undefined || value === '' || nullTexts.includes(value) ? null : value
        })
      },
    }
  },
})
