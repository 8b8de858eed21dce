import type { Registry } from '../runtime/registry.ts'
import { iterate } from '../values/iterate.ts'
import { PyIterator } from '../values/iterator.ts'
import type { Kwargs } from '../values/kwargs.ts'
import { PythonError } from '../values/python-error.ts'
import { isTrue } from '../values/size.ts'
import { textOf } from '../values/text.ts'
import { attributeGetter } from './attribute-path.ts'
import { FilterTableBuilder } from './filter.ts'

/** Filters that run another filter or a test on each item. All are lazy, as Jinja2's are. */
export const selectionFilters = new FilterTableBuilder()
  .addWithRegistry(
    'map',
    ['*args', '**kwargs'],
    (value, registry, args, kwargs) =>
      new PyIterator(map(value, args as unknown[], kwargs as Kwargs, registry)),
  )
  .addWithRegistry(
    'select',
    ['*args', '**kwargs'],
    (value, registry, args, kwargs) =>
      new PyIterator(
        select(value, args as unknown[], kwargs as Kwargs, registry, { keep: true, by: 'item' }),
      ),
  )
  .addWithRegistry(
    'reject',
    ['*args', '**kwargs'],
    (value, registry, args, kwargs) =>
      new PyIterator(
        select(value, args as unknown[], kwargs as Kwargs, registry, { keep: false, by: 'item' }),
      ),
  )
  .addWithRegistry(
    'selectattr',
    ['*args', '**kwargs'],
    (value, registry, args, kwargs) =>
      new PyIterator(
        select(value, args as unknown[], kwargs as Kwargs, registry, { keep: true, by: 'attribute' }),
      ),
  )
  .addWithRegistry(
    'rejectattr',
    ['*args', '**kwargs'],
    (value, registry, args, kwargs) =>
      new PyIterator(
        select(value, args as unknown[], kwargs as Kwargs, registry, { keep: false, by: 'attribute' }),
      ),
  )
  .build()

function* map(
  value: unknown,
  args: readonly unknown[],
  kwargs: Kwargs,
  registry: Registry,
): Generator<unknown> {
  if (!isTrue(value)) return
  const change = mapper(args, kwargs, registry)
  for (const item of iterate(value)) yield change(item)
}

function mapper(args: readonly unknown[], kwargs: Kwargs, registry: Registry): (item: unknown) => unknown {
  if (args.length === 0 && 'attribute' in kwargs) {
    const surplus = Object.keys(kwargs).find((name) => name !== 'attribute' && name !== 'default')
    if (surplus !== undefined) throw new PythonError('TypeError', `Unexpected keyword argument '${surplus}'`)
    return attributeGetter(kwargs['attribute'], kwargs['default'])
  }
  if (args.length === 0) throw new PythonError('TypeError', 'map requires a filter argument')
  const name = textOf(args[0])
  const filter = registry.filters.get(name)
  if (!filter) throw unknownName('filter', name, registry.filters)
  return (item) => filter(item, args.slice(1), kwargs, registry)
}

interface Selection {
  readonly keep: boolean
  readonly by: 'item' | 'attribute'
}

function* select(
  value: unknown,
  args: readonly unknown[],
  kwargs: Kwargs,
  registry: Registry,
  selection: Selection,
): Generator<unknown> {
  if (!isTrue(value)) return
  const byAttribute = selection.by === 'attribute'
  if (byAttribute && args.length === 0) {
    throw new PythonError('TypeError', 'Missing parameter for attribute name')
  }
  const subject = byAttribute ? attributeGetter(args[0]) : (item: unknown) => item
  const holds = predicate(args.slice(byAttribute ? 1 : 0), kwargs, registry)
  for (const item of iterate(value)) if (holds(subject(item)) === selection.keep) yield item
}

function predicate(args: readonly unknown[], kwargs: Kwargs, registry: Registry): (item: unknown) => boolean {
  if (args.length === 0) return isTrue
  const name = textOf(args[0])
  const test = registry.tests.get(name)
  if (!test) throw unknownName('test', name, registry.tests)
  return (item) => test(item, args.slice(1), kwargs, registry)
}

function unknownName(what: string, name: string, known: ReadonlyMap<string, unknown>): PythonError {
  const candidates = () => known.keys()
  return new PythonError('RuntimeError', `there is no ${what} '${name}'`, { asked: name, candidates })
}
