import { describe, expect, it } from 'vitest'
import { build } from '../../src/cli/commands/build.ts'
import { ls } from '../../src/cli/commands/ls.ts'
import { parseFlags } from '../../src/cli/parse-flags.ts'

describe('flags', () => {
  it('have other names', () => {
    const { flags } = parseFlags(ls, ['--resource-types', 'model', 'seed', '--resource-type', 'test'])
    expect([...flags.texts('resource-type')].sort()).toEqual(['model', 'seed', 'test'])
    expect(parseFlags(ls, ['-m', 'a', 'b']).flags.texts('models')).toEqual(['a', 'b'])
  })

  const env = { DBT_TARGET: 'prod', DBT_RESOURCE_TYPES: 'model seed', DBT_FAIL_FAST: 'true', DBT_QUIET: '' }

  it('may stand in the environment', () => {
    const { flags } = parseFlags(build, [], env)
    expect(flags.text('target')).toBe('prod')
    expect(flags.texts('resource-type')).toEqual(['model', 'seed'])
    expect([flags.isSet('fail-fast'), flags.isSet('quiet')]).toEqual([true, false])
  })

  it('of the command line win', () => {
    const { flags } = parseFlags(build, ['--target', 'dev', '--resource-type', 'test'], env)
    expect([flags.text('target'), ...flags.texts('resource-type')]).toEqual(['dev', 'test'])
  })

  it.each(['0', 'False', 'no'])('are not set by %s', (word) => {
    expect(parseFlags(build, [], { DBT_FAIL_FAST: word }).flags.isSet('fail-fast')).toBe(false)
  })

  it('of the environment are judged, too', () => {
    expect(() => parseFlags(build, [], { DBT_FAIL_FAST: 'maybe' })).toThrow('DBT_FAIL_FAST is true or false')
  })
})
