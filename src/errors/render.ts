import { errorCatalogue } from './catalogue.ts'
import type { Diagnostic } from './diagnostics.ts'
import type { Location } from './location.ts'
import { type Palette, palette } from './palette.ts'
import type { WaterworksError } from './waterworks-error.ts'

export interface RenderOptions {
  /** Whether to use terminal colours. */
  readonly color: boolean
}

const LONGEST_LINE = 120

/**
 * An error as people read it: code and message, where it is with the line itself and a caret, and what to do. Ends
 * without a line break.
 */
export function renderError(error: WaterworksError, options: RenderOptions): string {
  return render(error, 'error', palette(options.color))
}

/** Problems one after another, then how many there are. Ends without a line break. */
export function renderDiagnostics(items: readonly Diagnostic[], options: RenderOptions): string {
  const colors = palette(options.color)
  const blocks = items.map(({ error, severity }) => render(error, severity, colors))
  return [...blocks, summary(items, colors)].join('\n\n')
}

function render(error: WaterworksError, severity: Diagnostic['severity'], colors: Palette): string {
  const heading = colors[severity](`${severity} ${error.code}`)
  const block = [`${heading}  ${colors.strong(lines(sentence(error.message)))}`]
  if (error.location) block.push(...place(error.location, colors))
  const remedy = error.hint ?? errorCatalogue[error.code].remedy
  block.push(`  ${printable(remedy)}`)
  return block.join('\n')
}

function place(location: Location, colors: Palette): string[] {
  const lines = [`  ${colors.place(`${printable(location.file)}:${location.line}:${location.column}`)}`]
  if (location.text === undefined || location.text.trim() === '') return lines
  const { text, column } = excerpt(location.text, location.column)
  const number = String(location.line)
  const gutter = ' '.repeat(number.length)
  // Tabs stay tabs, so that the caret stands under its character however wide the terminal shows them.
  const indent = printable(text.slice(0, column - 1)).replace(/[^\t]/gu, ' ')
  return [...lines, `  ${number} | ${printable(text)}`, `  ${gutter} | ${indent}${colors.error('^')}`]
}

/** The part of a long line around the column. */
function excerpt(text: string, column: number): { text: string; column: number } {
  if (text.length <= LONGEST_LINE) return { text, column: Math.min(column, text.length + 1) }
  const start = Math.max(0, Math.min(column - 1 - LONGEST_LINE / 2, text.length - LONGEST_LINE))
  const [before, after] = [start > 0 ? '…' : '', start + LONGEST_LINE < text.length ? '…' : '']
  return {
    text: `${before}${text.slice(start, start + LONGEST_LINE)}${after}`,
    column: Math.min(column, text.length + 1) - start + before.length,
  }
}

/** An engine's message may have several lines, a caret under the place among them. */
function lines(text: string): string {
  return text.split(/\r?\n/).map(printable).join('\n  ')
}

/** Control characters of a project's files must not reach the terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, '\uFFFD')
}

function sentence(message: string): string {
  return message.endsWith('.') ? message.slice(0, -1) : message
}

function summary(items: readonly Diagnostic[], colors: Palette): string {
  const errors = items.filter((item) => item.severity === 'error').length
  const parts = [
    counted(errors, 'error', colors.error),
    counted(items.length - errors, 'warning', colors.warning),
  ]
  return parts.filter((part) => part !== undefined).join(', ') || 'no problems'
}

function counted(count: number, noun: string, color: (text: string) => string): string | undefined {
  return count === 0 ? undefined : color(`${count} ${noun}${count === 1 ? '' : 's'}`)
}
