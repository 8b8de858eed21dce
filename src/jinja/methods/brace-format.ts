import { formatValue } from '../values/format-spec.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { PythonError } from '../values/python-error.ts'
import { reprOf, textOf } from '../values/text.ts'
import { Undefined } from '../values/undefined.ts'

/** How fields such as `{0.name[key]}` reach into values. */
export interface FieldAccess {
  attribute(value: unknown, name: string): unknown
  item(value: unknown, key: unknown): unknown
}

/** Python's str.format(). Throws ValueError, IndexError, KeyError and AttributeError where Python does. */
export function braceFormat(
  format: string,
  args: readonly unknown[],
  kwargs: Kwargs,
  access: FieldAccess,
): string {
  return new BraceFormatter(args, kwargs, access).format(format, 2)
}

class BraceFormatter {
  readonly #args: readonly unknown[]
  readonly #kwargs: Kwargs
  readonly #access: FieldAccess
  #next = 0
  #numbering: 'automatic' | 'manual' | undefined

  constructor(args: readonly unknown[], kwargs: Kwargs, access: FieldAccess) {
    this.#args = args
    this.#kwargs = kwargs
    this.#access = access
  }

  format(text: string, depth: number): string {
    if (depth === 0) throw new PythonError('ValueError', 'Max string recursion exceeded')
    let result = ''
    for (let i = 0; i < text.length; i++) {
      const character = text[i]!
      if (character !== '{' && character !== '}') result += character
      else if (text[i + 1] === character) {
        result += character
        i++
      } else if (character === '}') {
        throw new PythonError('ValueError', "Single '}' encountered in format string")
      } else {
        const end = fieldEnd(text, i)
        result += this.#field(text.slice(i + 1, end), depth)
        i = end
      }
    }
    return result
  }

  #field(field: string, depth: number): string {
    const [, name = '', conversion, specification = ''] =
      /^((?:[^![:]|\[[^\]]*\])*)(?:!([^:]*))?(?::([\s\S]*))?$/.exec(field) ?? []
    if (conversion !== undefined && !/^[sra]$/.test(conversion)) {
      throw new PythonError('ValueError', `Unknown conversion specifier '${conversion}'`)
    }
    const value = this.#value(name)
    if (value instanceof Undefined && specification !== '') throw value.error()
    const spec = specification === '' ? '' : this.format(specification, depth - 1)
    if (conversion === undefined) return formatValue(value, spec)
    return formatValue(conversion === 's' ? textOf(value) : reprOf(value), spec)
  }

  #value(path: string): unknown {
    const first = /^[^.[]*/.exec(path)?.[0] ?? ''
    let value = this.#argument(first)
    for (const [, attribute, item] of path.slice(first.length).matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)) {
      const found =
        attribute === undefined
          ? this.#access.item(value, /^\d+$/.test(item ?? '') ? Number(item) : (item ?? ''))
          : this.#access.attribute(value, attribute)
      if (found instanceof Undefined) throw found.error()
      value = found
    }
    return value
  }

  #argument(name: string): unknown {
    if (name !== '' && !/^\d+$/.test(name)) {
      if (!(name in this.#kwargs)) throw new PythonError('KeyError', `'${name}'`)
      return this.#kwargs[name]
    }
    const numbering = name === '' ? 'automatic' : 'manual'
    this.#numbering ??= numbering
    if (this.#numbering !== numbering) {
      throw new PythonError('ValueError', 'cannot mix automatic and manual field numbering')
    }
    const index = name === '' ? this.#next++ : Number(name)
    if (index < this.#args.length) return this.#args[index]
    throw new PythonError('IndexError', `Replacement index ${index} out of range for positional args tuple`)
  }
}

function fieldEnd(text: string, start: number): number {
  let open = 0
  for (let i = start; i < text.length; i++) {
    if (text[i] === '{') open++
    else if (text[i] === '}' && --open === 0) return i
  }
  throw new PythonError('ValueError', "expected '}' before end of string")
}
