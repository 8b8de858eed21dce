import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distinctNames, plainName, snakeCase } from '../../src/init/snake-case.ts'
import { yamlList, yamlOwn, yamlText } from '../../src/init/text/yaml-text.ts'
import { References } from '../../src/project/environment/references.ts'
import { substituteReferences } from '../../src/project/substitute-references.ts'
import { parseYaml } from '../../src/project/yaml/parse-yaml.ts'

describe('plain names', () => {
  it.each([
    ['Miles_per_Gallon', 'miles_per_gallon'],
    ['IMDB Rating (%)', 'imdb_rating'],
    ['userId', 'user_id'],
    ['USDVDSales', 'usdvd_sales'],
    ['HTTPServerName', 'http_server_name'],
    ['Größe', 'große'],
    ['名前', '名前'],
    [' -- ', 'column_1'],
    ['temp2Max', 'temp2_max'],
  ])('%j becomes %j', (name, plain) => {
    expect(snakeCase(name, 'column_1')).toBe(plain)
  })

  it('are always names, whatever they are made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(plainName(text, 'data', 20)).toMatch(/^[a-z_][a-z0-9_]{0,19}$/)
      }),
    )
  })

  it('are made distinct, within their length', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'a_2', 'aaaa', 'b'), { maxLength: 12 }), (names) => {
        const distinct = distinctNames(names, 4)
        expect(new Set(distinct).size).toBe(names.length)
        for (const name of distinct) expect(name.length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('texts in YAML', () => {
  it.each(['core', 'pyyaml'] as const)('read back as they are (%s)', (rules) => {
    const words = fc.constantFrom(
      'yes',
      'NO',
      'null',
      '~',
      '1',
      '1.5',
      '2020-01-01',
      '0x1F',
      '- a',
      'a: b',
      '#',
      '',
    )
    fc.assert(
      fc.property(fc.oneof(words, fc.string(), fc.string({ unit: 'grapheme' })), (text) => {
        expect(parseYaml(`a: ${yamlText(text)}\nb: ${yamlList([text, 'x'])}\n`, 'a.yml', rules)).toEqual({
          a: text,
          b: [text, 'x'],
        })
      }),
    )
  })

  it('are not taken for references in our own files', () => {
    const references = new References({
      root: '/nowhere',
      env: { HOME: 'elsewhere' },
      secrets: new Set(),
      askSecrets: true,
    })
    const pieces = fc.constantFrom('${', 'HOME', '}', '$', ':-', 'file:secret', ' ')
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const text = parts.join('')
        const read = parseYaml(`a: ${yamlOwn(text)}\n`, 'a.yml', 'core')
        const [value] = Object.values(read ?? {})
        expect(substituteReferences(String(value), references)).toEqual({ text })
      }),
    )
  })
})
