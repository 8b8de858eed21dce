import { type Json, type JsonObject, member, put } from '../../../api-manifest/json.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'

const TOKEN =
  /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\])*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=>/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', apos: "'", quot: '"' }

interface Element {
  readonly name: string
  readonly content: JsonObject
  text: string
}

/**
 * A document of XML as JSON has it: a child by its name, several of one name as a list, attributes as `@name`, text beside
 * children as `#text`; an element without anything is null. No entities but XML's own are known. Throws WW4413.
 */
export function parseXml(source: string): JsonObject {
  const root: Element = { name: '', content: {}, text: '' }
  const open: Element[] = [root]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(source)
    if (match === null) throw damaged(source, at)
    const [, cdata, closed, opened, attributes = '', selfClosed, text] = match
    const current = open.at(-1)!
    if (cdata !== undefined) current.text += cdata
    else if (text !== undefined) current.text += decoded(text)
    else if (opened !== undefined) {
      const element: Element = { name: opened, content: attributesOf(attributes), text: '' }
      if (selfClosed === '/') attach(current, element)
      else open.push(element)
    } else if (closed !== undefined) {
      const parent = open.at(-2)
      if (current.name !== closed || parent === undefined) throw damaged(source, at)
      open.pop()
      attach(parent, current)
    }
  }
  if (open.length > 1 || Object.keys(root.content).length === 0) throw damaged(source, source.length)
  return root.content
}

function attach(parent: Element, { name, content, text }: Element): void {
  const trimmed = text.trim()
  const isPlain = Object.keys(content).length === 0
  if (!isPlain && trimmed !== '') put(content, '#text', trimmed)
  const value: Json = isPlain ? (trimmed === '' ? null : trimmed) : content
  const there = member(parent.content, name)
  if (there === undefined) put(parent.content, name, value)
  else if (Array.isArray(there)) there.push(value)
  else put(parent.content, name, [there, value])
}

function attributesOf(text: string): JsonObject {
  const attributes: JsonObject = {}
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    put(attributes, `@${name}`, decoded(double ?? single ?? ''))
  }
  return attributes
}

function decoded(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const point = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}

function damaged(source: string, at: number): WaterworksError {
  const line = source.slice(0, at).split('\n').length
  return new WaterworksError('WW4413', { message: `the answer is no XML from line ${line} on` })
}
