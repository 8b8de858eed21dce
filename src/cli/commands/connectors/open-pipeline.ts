import type { Connector } from '../../../connectors/connector.ts'
import { suggest } from '../../../errors/suggest.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { readsRows } from '../../../project/pipeline.ts'
import type { StateStore } from '../../../state/state-store.ts'
import type { Invocation } from '../../command.ts'
import { openConnector } from '../../compose/open-connector.ts'
import { openScratchEngine } from '../../compose/open-engine.ts'
import { openState } from '../../compose/open-state.ts'
import { openProject } from '../../compose/workspace.ts'

/**
 * Does `work` with the connector of a pipeline that reads rows.
 * @param chunkRows about how many rows it is to read ahead
 */
export async function withConnector<T>(
  invocation: Invocation,
  name: string | undefined,
  chunkRows: number | undefined,
  work: (connector: Connector) => Promise<T>,
): Promise<T> {
  const opened = await openProject(invocation, { look: true })
  const { project } = opened
  const reading = project.pipelines.filter(({ extract }) => readsRows(extract))
  const pipeline = reading.find((each) => each.name === name)
  if (pipeline === undefined) {
    const near =
      name === undefined
        ? undefined
        : suggest(
            name,
            reading.map((each) => each.name),
          )
    throw new WaterworksError('WW7001', {
      message: name === undefined ? 'which pipeline?' : `no pipeline "${name}" reads tables or an API`,
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    })
  }
  const look = async () => (await openScratchEngine()).connect()
  let state: Promise<StateStore> | undefined
  const tokens = () => {
    state ??= openState(opened)
    return state
  }
  const connector = await openConnector(project, pipeline, { look, tokens, credentials: tokens, chunkRows })
  try {
    return await work(connector)
  } finally {
    await connector.close()
    await (await state)?.close()
  }
}
