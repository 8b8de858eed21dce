import type { Cell, WellFormed } from '../records/decoded-record.ts'

/** The name of what an element says beside its attributes or children. */
const TEXT = '_text'

/** An element of a record, read whole. */
export class XmlElement {
  readonly name: string
  readonly uri: string
  text = ''
  /** `xsi:nil`: the element says that there is no value. */
  nil = false
  #problem: string | undefined
  readonly #attributes: [string, string][] = []
  readonly #children = new Map<string, XmlElement[]>()

  constructor(name: string, uri: string) {
    this.name = name
    this.uri = uri
  }

  /** Why no record can be made of it. */
  get problem(): string | undefined {
    return this.#problem
  }

  attribute(name: string, value: string): void {
    const column = `_${name}`
    if (this.#attributes.some(([other]) => other === column)) {
      this.#problem ??= 'two attributes have one name in different namespaces'
    }
    this.#attributes.push([column, value])
  }

  child(element: XmlElement): void {
    const same = this.#children.get(element.name)
    if (same === undefined) this.#children.set(element.name, [element])
    else {
      if (same[0]!.uri !== element.uri) this.#problem ??= 'two elements have one name in different namespaces'
      same.push(element)
    }
    this.#problem ??= element.#problem
    if (this.#attributes.some(([name]) => name === element.name)) {
      this.#problem ??= 'an element has the name of an attribute’s column'
    }
  }

  /** Attributes, as `_<name>`, children, and the text between them as `_text`. */
  record(lists: ReadonlySet<string>): Pick<WellFormed, 'names' | 'cells'> {
    const members = this.#members(lists)
    return { names: members.map(([name]) => name), cells: members.map(([, cell]) => cell) }
  }

  json(lists: ReadonlySet<string>): string {
    return jsonOf(this.#value(lists))
  }

  #members(lists: ReadonlySet<string>): [string, Cell][] {
    const members: [string, Cell][] = this.#attributes.map(([name, value]) => [
      name,
      value === '' ? null : value,
    ])
    for (const [name, elements] of this.#children) {
      if (elements.length === 1 && !lists.has(name)) members.push([name, elements[0]!.#value(lists)])
      else {
        const items = elements.map((element) => jsonOf(element.#value(lists)))
        members.push([name, { kind: 'json', text: `[${items.join(',')}]` }])
      }
    }
    if (this.text.trim() !== '') members.push([TEXT, this.text])
    return members
  }

  /** A leaf is its text, an empty one NULL; anything else is an object. */
  #value(lists: ReadonlySet<string>): Cell {
    if (this.nil) return null
    if (this.#attributes.length === 0 && this.#children.size === 0) return this.text === '' ? null : this.text
    const members = this.#members(lists).map(([name, cell]) => `${JSON.stringify(name)}:${jsonOf(cell)}`)
    return { kind: 'json', text: `{${members.join(',')}}` }
  }
}

function jsonOf(cell: Cell): string {
  if (cell === null) return 'null'
  return typeof cell === 'string' ? JSON.stringify(cell) : cell.text
}
