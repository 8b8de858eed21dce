import { isSame } from '../../diff/diff.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Invocation } from '../command.ts'
import { diffDocument } from '../diff-document.ts'
import { renderDiff } from '../render-diff.ts'
import { sayAmount } from '../say-number.ts'
import { type Compared, compareDatasets } from './compare-datasets.ts'
import { GOLDEN_FOLDER, type GoldenDataset, goldenDatasets } from './golden-datasets.ts'
import { openProject } from './workspace.ts'

const EXAMPLES = 10

/** Compares what was built with the golden datasets, all or those that are selected by name. Returns 1 when one differs. Throws WW7001. */
export async function testGolden(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const { project } = await openProject(invocation)
  const wanted = flags.texts('select')
  const all = goldenDatasets(project.root)
  const chosen = wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name))
  if (chosen.length === 0) {
    throw new WaterworksError('WW7001', {
      message:
        all.length === 0
          ? `${GOLDEN_FOLDER}/ holds no dataset`
          : `no golden dataset is called ${wanted.join(', ')}`,
      hint: `Keep one: waterworks sql "from fct_orders" --output ${GOLDEN_FOLDER}/fct_orders.csv`,
    })
  }
  const results: { readonly golden: GoldenDataset; readonly compared: Compared }[] = []
  for (const golden of chosen) {
    const compared = await compareDatasets(golden.file, golden.name, invocation, {
      ...golden.options,
      examples: EXAMPLES,
    })
    results.push({ golden, compared })
    const same = isSame(compared.diff)
    output.print(`${same ? output.paint.success('same') : output.paint.error('differs')}  ${golden.name}`)
    if (!same)
      output.print(
        renderDiff(compared.diff, compared.names, output.width)
          .map((line) => (line === '' ? line : `  ${line}`))
          .join('\n'),
      )
  }
  const different = results.filter(({ compared }) => !isSame(compared.diff))
  output.log(
    `${sayAmount(results.length, 'golden dataset')}, ${different.length === 0 ? 'none differs' : `${different.length} ${different.length === 1 ? 'differs' : 'differ'}`}`,
  )
  output.json({
    status: different.length === 0 ? 'success' : 'failed',
    datasets: results.map(({ golden, compared }) => ({
      name: golden.name,
      same: isSame(compared.diff),
      ...diffDocument(compared.diff),
    })),
  })
  return different.length === 0 ? 0 : 1
}
