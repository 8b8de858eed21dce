import { parseEnv } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaterworksError } from '../../../src/errors/waterworks-error.ts'
import { parseEnvFile } from '../../../src/project/environment/parse-env-file.ts'

function problem(text: string): WaterworksError {
  try {
    parseEnvFile(text, '.env')
  } catch (error) {
    if (error instanceof WaterworksError) return error
  }
  throw new Error('it was read')
}

describe('a .env file', () => {
  it.each([
    ['A=1\nB=two words  # a comment\n', { A: '1', B: 'two words' }],
    ['# only a comment\n\n  export A = x\r\nB=\r\n', { A: 'x', B: '' }],
    ['PASSWORD=p#ss=w"ord\n', { PASSWORD: 'p#ss=w"ord' }],
    [`A='raw \\n $x' # done\n`, { A: 'raw \\n $x' }],
    ['A="line\\nnext \\"quoted\\" \\\\ \\$HOME \\q"\n', { A: 'line\nnext "quoted" \\ $HOME \\q' }],
    [
      'KEY="-----BEGIN-----\nabc\n-----END-----"\nB=2',
      { KEY: '-----BEGIN-----\nabc\n-----END-----', B: '2' },
    ],
    ['\uFEFFA=1\nA=2\n', { A: '2' }],
    ['A=\nB= # nothing\n', { A: '', B: '' }],
  ])('%j', (text, values) => {
    expect(parseEnvFile(text, '.env')).toEqual(values)
  })

  it.each([
    ['A=1\nhunter2\n', 2, 1],
    ['A=1\n\n1X=2\n', 3, 1],
    ['A="never closed\nB=2\n', 1, 3],
    [`A='x' hunter2\n`, 1, 3],
  ])('%j is refused at its line, which is not shown', (text, line, column) => {
    const { code, location, message } = problem(text)
    expect({ code, location }).toEqual({ code: 'WW1041', location: { file: '.env', line, column } })
    expect(message).not.toContain('hunter2')
  })

  it('gives back any value, quoted either way', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const lines = value.replace(/\r\n?/g, '\n')
        const escaped = lines.replace(/[\\"$]/g, '\\$&').replaceAll('\n', '\\n')
        expect(parseEnvFile(`A="${escaped}"\nB=1\n`, '.env')).toEqual({ A: lines, B: '1' })
        if (!lines.includes("'")) expect(parseEnvFile(`A='${lines}'`, '.env')).toEqual({ A: lines })
      }),
    )
  })

  it('reads plain files as Node does', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/)
    const value = fc.stringMatching(/^[a-z0-9:/@.,+-]{0,12}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value), { maxLength: 8 }), (pairs) => {
        const text = pairs.map(([key, written]) => `${key}=${written}\n`).join('')
        expect(parseEnvFile(text, '.env')).toEqual({ ...parseEnv(text) })
      }),
    )
  })
})
