import { type BenchCase, median } from '../measurement.ts'
import { BINARY } from '../places.ts'
import { runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const MODELS = 1000
const PIPELINES = 200

/** What the platform itself costs where the engine has next to nothing to do. */
export const smallSteps: BenchCase = {
  name: 'small steps',
  async run() {
    return [await thousandModels(), await idleStep()]
  },
}

async function thousandModels() {
  using scratch = new Scratch()
  const models = Array.from({ length: MODELS }, (_, i) => {
    const parent = i < 10 ? 'select 1 as id' : `select id from {{ ref('model_${Math.floor(i / 10)}') }}`
    return [`models/model_${i}.sql`, `{{ config(materialized='table') }}\n${parent}\n`] as const
  })
  scratch.write({ 'waterworks.yml': 'name: bench\n', ...Object.fromEntries(models) })
  const build = () => {
    scratch.remove('.waterworks')
    return runNode([BINARY, 'build', '--quiet', '--json'], scratch.path).seconds
  }
  build()
  const value = median([build(), build(), build()])
  return {
    name: '1,000 trivial models',
    says: 'tables, whole process',
    value,
    unit: 's',
    budget: 5,
    better: 'lower',
  } as const
}

/** The difference between a build of many pipelines that have nothing new and of one, divided by their number. */
async function idleStep() {
  using many = idleProject(PIPELINES)
  using one = idleProject(1)
  const time = (scratch: Scratch) =>
    runNode([BINARY, 'build', '--quiet', '--json'], scratch.path).seconds * 1000
  const differences = Array.from({ length: 5 }, () => (time(many) - time(one)) / (PIPELINES - 1))
  return {
    name: 'a step that does nothing',
    says: 'a pipeline with nothing new, its look at the source, state and events included',
    value: median(differences),
    unit: 'ms',
    budget: 2,
    better: 'lower',
  } as const
}

function idleProject(pipelines: number): Scratch {
  const scratch = new Scratch()
  const files = Array.from({ length: pipelines }, (_, i) => [
    [`data/file_${i}.csv`, `id,name\n${i},a\n`],
    [
      `pipelines/p_${i}.yml`,
      `pipeline:\n  name: p_${i}\n  extract: {source_system: bench, strategy: full, files: data/file_${i}.csv}\n  load: {strategy: append}\n`,
    ],
  ])
  scratch.write({ 'waterworks.yml': 'name: bench\n', ...Object.fromEntries(files.flat()) })
  runNode([BINARY, 'build', '--quiet', '--json'], scratch.path)
  return scratch
}
