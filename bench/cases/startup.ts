import { type BenchCase, median } from '../measurement.ts'
import { BINARY, FLIGHTS_PROJECT } from '../places.ts'
import { runNode } from '../run-process.ts'

const RUNS = 9

/** How long a command takes that has nothing to do. The first runs fill the compile cache. */
export const startup: BenchCase = {
  name: 'start-up',
  async run() {
    const time = (...args: string[]) => {
      for (let warm = 0; warm < 2; warm++) runNode([BINARY, ...args], FLIGHTS_PROJECT)
      return (
        median(Array.from({ length: RUNS }, () => runNode([BINARY, ...args], FLIGHTS_PROJECT).seconds)) * 1000
      )
    }
    return [
      {
        name: 'start-up',
        says: '`--version`',
        value: time('--version'),
        unit: 'ms',
        budget: 150,
        better: 'lower',
      },
      {
        name: 'list the example',
        says: '`ls` of examples/flights',
        value: time('ls'),
        unit: 'ms',
        budget: 400,
        better: 'lower',
      },
    ]
  },
}
