import type { Contract, ContractObject, ContractProperty } from './contract.ts'

/** What a reference leads to in its own contract: `object.property`, or `schema/<id>/properties/<id>`. Undefined where it leads elsewhere. */
export function referenceOf(
  reference: string,
  { objects }: Contract,
): { readonly object: ContractObject; readonly property: ContractProperty } | undefined {
  const path = /^\/?schema\/([^/]+)\/properties\/([^/]+)$/.exec(reference)
  const short = /^([^./]+)\.([^./]+)$/.exec(reference)
  const [, objectName, propertyName] = path ?? short ?? []
  const isNamed = (
    { id, name }: { readonly id: string | undefined; readonly name: string },
    wanted: string | undefined,
  ) => (path === null ? name === wanted : (id ?? name) === wanted)
  const object = objects.find((each) => isNamed(each, objectName))
  const property = object?.properties.find((each) => isNamed(each, propertyName))
  return object && property && { object, property }
}
