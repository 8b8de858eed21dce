import { describe, expect, test } from 'vitest'
import { commandTable } from '../../src/cli/command-table.ts'
import { renderCommandHelp, renderOverview } from '../../src/cli/help.ts'
import { textWidth } from '../../src/cli/text-width.ts'

describe('help', () => {
  test('the overview', async () => {
    await expect(`${renderOverview(commandTable)}\n`).toMatchFileSnapshot('golden/help/overview.txt')
  })

  test.each(Object.keys(commandTable))('%s', async (name) => {
    const command = await commandTable[name]!.load()
    const page = `${renderCommandHelp(command)}\n`
    await expect(page).toMatchFileSnapshot(`golden/help/${name}.txt`)
    expect(command.name).toBe(name)
    expect(command.summary).toBe(commandTable[name]!.summary)
    expect(command.examples.length).toBeGreaterThan(0)
    for (const line of page.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(120)
  })
})
