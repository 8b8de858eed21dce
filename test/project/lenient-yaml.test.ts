import { describe, expect, it } from 'vitest'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { YamlPlaces } from '../../src/project/yaml/locate-in-yaml.ts'
import { parseYaml } from '../../src/project/yaml/parse-yaml.ts'

const text = `paths: [
  "macros",
"more"
]
models:
  shop: {
  +tags: ["a
b"],
}
  says: "one
two"
after: {x: 1}
`

it('a text in block style that ends one of dbt’s files has no line break after it, as dbt reads files', () => {
  const last = 'first: |\n  one\nlast: >\n  two\n\n'
  expect(parseYaml(last, 'schema.yml', 'pyyaml')).toEqual({ first: 'one\n', last: 'two' })
  const followed = `${last}# the end`
  expect(parseYaml(followed, 'schema.yml', 'pyyaml')).toEqual({ first: 'one\n', last: 'two\n' })
  expect(parseYaml(last, 'waterworks.yml', 'core')).toEqual({ first: 'one\n', last: 'two\n' })
})

describe('brackets and quotes whose lines are not indented', () => {
  it('are read in dbt’s files, as PyYAML reads them', () => {
    expect(parseYaml(text, 'dbt_project.yml', 'pyyaml')).toEqual({
      paths: ['macros', 'more'],
      models: { shop: { '+tags': ['a b'] }, says: 'one two' },
      after: { x: 1 },
    })
  })

  it('are refused in the platform’s own, as YAML has it', () => {
    expect(() => parseYaml(text, 'waterworks.yml', 'core')).toThrow(WaterworksError)
  })

  it('leave what stands after them, and in them, where it is', () => {
    const places = new YamlPlaces(text)
    const at = (path: (string | number)[]) => text.slice(places.offset(path, 'value')).split(/[\n,}]/)[0]
    expect(at(['paths', 1])).toBe('"more"')
    expect(at(['models', 'shop', '+tags'])).toBe('+tags: ["a')
    expect(at(['after', 'x'])).toBe('1')
  })

  it.each([
    ['a tab', 'a: [\n\t1]'],
    ['an end of the document', 'a: ["x\n---\ny"]'],
    ['a bracket that is not closed', 'a: [\n1\nb: 2'],
  ])('are no excuse for %s', (_, wrong) => {
    expect(() => parseYaml(wrong, 'dbt_project.yml', 'pyyaml')).toThrow(WaterworksError)
  })
})
