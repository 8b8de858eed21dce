import { describe, expect, it } from 'vitest'
import { renderDiagnostics, renderError } from '../../src/errors/render.ts'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'

const location = { file: 'a.yml', line: 12, column: 5, text: '    stratgy: merge' }

describe('an error', () => {
  it('shows code, message, place, line, caret and hint', () => {
    const error = new WaterworksError('WW1004', {
      message: 'unknown key.',
      location,
      hint: 'Did you mean "strategy"?',
    })
    expect(renderError(error, { color: false })).toBe(
      [
        'error WW1004  unknown key',
        '  a.yml:12:5',
        '  12 |     stratgy: merge',
        '     |     ^',
        '  Did you mean "strategy"?',
      ].join('\n'),
    )
  })

  it('falls back on the remedy of the catalogue', () => {
    const error = new WaterworksError('WW1001', { message: 'no project here' })
    expect(renderError(error, { color: false })).toBe(
      'error WW1001  no project here\n  Run the command inside a project, or name one with --project-dir.',
    )
  })

  it('shows a part of a long line, around the place', () => {
    const text = `${'a'.repeat(300)}X${'b'.repeat(300)}`
    const error = new WaterworksError('WW1002', {
      message: 'm',
      location: { ...location, column: 301, text },
    })
    const [, , line, caret] = renderError(error, { color: false }).split('\n')
    expect(line!.length).toBeLessThan(140)
    expect(line![caret!.indexOf('^')]).toBe('X')
  })

  it('keeps tabs before the caret', () => {
    const error = new WaterworksError('WW1002', {
      message: 'm',
      location: { ...location, column: 2, text: '\tx' },
    })
    expect(renderError(error, { color: false })).toContain('12 | \tx\n     | \t^')
  })

  it('lets no control character through to the terminal', () => {
    const text = 'a: \u001B[2J\u0007'
    const error = new WaterworksError('WW1002', { message: 'bad\u001B[31m', location: { ...location, text } })
    const rendered = renderError(error, { color: false })
    expect(rendered).not.toContain('\u001B')
    expect(rendered).not.toContain('\u0007')
  })

  it('is coloured on request', () => {
    const error = new WaterworksError('WW1004', { message: 'unknown key', location })
    expect(renderError(error, { color: true })).toContain('\u001B[31merror WW1004\u001B[39m')
  })
})

it('counts what it shows', () => {
  const error = new WaterworksError('WW1004', { message: 'x' })
  const text = renderDiagnostics(
    [
      { severity: 'error', error },
      { severity: 'warning', error },
      { severity: 'warning', error },
    ],
    { color: false },
  )
  const blocks = text.split('\n\n')
  expect(blocks.map((block) => block.split('\n')[0])).toEqual([
    'error WW1004  x',
    'warning WW1004  x',
    'warning WW1004  x',
    '1 error, 2 warnings',
  ])
})
