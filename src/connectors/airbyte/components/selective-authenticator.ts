import { isJsonObject, member } from '../../../api-manifest/json.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { textOf } from '../../../jinja/values/text.ts'
import type { ComponentType } from '../builder.ts'
import { valueAt } from '../json-path.ts'

/** One of several authenticators, by a value of the config. */
export const selectiveAuthenticator: ComponentType<'authenticator'> = {
  type: 'SelectiveAuthenticator',
  make(definition, builder) {
    const path = definition.texts('authenticator_selection_path')
    const selected = valueAt(definition.interpolation.config, path)
    if (selected === undefined) {
      throw definition.problem(`the config has nothing at ${path.join('.')}, which selects an authenticator`)
    }
    const chosen = member(definition.object('authenticators') ?? {}, textOf(fromHost(selected)))
    if (!isJsonObject(chosen))
      throw definition.problem(`the config selects an authenticator that is not there`)
    return builder.make('authenticator', definition.at(chosen))
  },
}
