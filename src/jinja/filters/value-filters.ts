import { getAttribute, hasAttribute } from '../methods/lookup.ts'
import { textArgument } from '../values/argument.ts'
import { isTrue } from '../values/size.ts'
import { typeName } from '../values/type-name.ts'
import { Undefined } from '../values/undefined.ts'
import { FilterTableBuilder } from './filter.ts'
import { jsonText } from './json-text.ts'

/** Filters on values of any kind. */
export const valueFilters = new FilterTableBuilder()
  .add(['default', 'd'], ['default_value?', 'boolean?'], (value, otherwise = '', boolean = false) => {
    if (value instanceof Undefined) return otherwise
    return isTrue(boolean) && !isTrue(value) ? otherwise : value
  })
  .add('attr', ['name'], (value, name) => {
    if (value instanceof Undefined) throw value.error()
    const attribute = textArgument(name)
    if (hasAttribute(value, attribute)) return getAttribute(value, attribute)
    return new Undefined(`'${typeName(value)} object' has no attribute '${attribute}'`)
  })
  .add('tojson', ['indent?'], (value, indent) =>
    // What could end a script element or an attribute is written as an escape, as Jinja2 does.
    jsonText(value, { sortKeys: true, indent }).replace(
      /[<>&']/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  )
  .build()
