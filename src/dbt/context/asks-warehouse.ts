import { type HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import type { AdapterConnection } from '../adapter/adapter-connection.ts'
import { NeedsWarehouse } from './needs-warehouse.ts'
import type { Rendering } from './rendering.ts'

/**
 * A function that asks the warehouse: while parsing it gives `stub`, as in dbt; without a connection it throws NeedsWarehouse.
 */
export function asksWarehouse(
  name: string,
  rendering: Rendering,
  stub: () => unknown,
  ask: (connection: AdapterConnection, args: readonly unknown[], kwargs: Kwargs) => unknown,
): HostFunction {
  return hostFunction(name, (args, kwargs) => {
    if (rendering.phase === 'parse') return stub()
    if (!rendering.connection) throw new NeedsWarehouse(`${name}()`)
    return ask(rendering.connection, args, kwargs)
  })
}
