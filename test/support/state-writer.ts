import { openStateStore, type StateLocation } from '../../src/state/open-state-store.ts'
import { runEvents } from './run-events.ts'

/** A process of its own that opens a store and records runs in it: `node state-writer.ts <location> <prefix> <runs>`. */
const [location = '', prefix = '', runs = ''] = process.argv.slice(2)
const store = await openStateStore(JSON.parse(location) as StateLocation)
for (let index = 0; index < Number(runs); index++) {
  for (const events of runEvents(`${prefix}-${index}`, 'shared', ['model.shop.a', 'model.shop.b'])) {
    await store.record(events)
  }
}
const { acquired } = await store.acquireLease('race', prefix, 60)
await store.close()
process.stdout.write(acquired ? 'acquired' : 'refused')
