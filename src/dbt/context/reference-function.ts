import { type HostCall, HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import { AttributeObject } from './attribute-object.ts'
import type { ContextScope } from './context-names.ts'

/** ref() or source(): like dbt's, it also leads to what the run was configured with, `builtins.ref.config`. */
export class ReferenceFunction extends HostFunction {
  readonly #scope: ContextScope

  constructor(name: string, scope: ContextScope, call: HostCall) {
    super(name, call)
    this.#scope = scope
  }

  override getAttribute(name: string): unknown {
    return name === 'config' ? runConfig(this.#scope) : super.getAttribute(name)
  }
}

function runConfig({ settings, macros }: ContextScope): Readonly<Record<string, unknown>> {
  const { projectName, packageVersions = {}, vars, cliVars, targetName, profileName } = settings
  const project = (name: string) => ({ project_name: name, version: packageVersions[name] ?? null })
  return {
    ...project(projectName),
    profile_name: profileName ?? targetName,
    target_name: targetName,
    vars: new AttributeObject('VarProvider', {
      attribute: (name) =>
        name === 'to_dict' ? hostFunction(name, () => vars) : name === 'vars' ? vars : undefined,
    }),
    cli_vars: cliVars,
    args: settings.invocationArgs ?? {},
    quoting: settings.quoting ?? {},
    dependencies: Object.fromEntries(macros.packageNames.map((name) => [name, project(name)])),
  }
}
