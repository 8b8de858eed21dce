import { expect, it } from 'vitest'
import { ignorePatterns } from '../../src/project/ignore-patterns.ts'

/** What Python's pathspec makes of the same, which dbt reads .dbtignore with. */
it.each([
  ['old.sql', ['models/old.sql', 'old.sql', 'models/old.sql/x.sql'], ['models/older.sql', 'models/bold.sql']],
  ['*.tmp.sql', ['models/a.tmp.sql', 'models/deep/b.tmp.sql'], ['models/tmp.sql', 'models/a.sql']],
  ['/models/a?.sql', ['models/ab.sql'], ['models/a.sql', 'x/models/ab.sql', 'models/a/b.sql']],
  ['drafts/', ['models/drafts/a.sql', 'drafts/a/b.sql'], ['models/drafts', 'models/drafts.sql']],
  ['models/drafts', ['models/drafts/a.sql', 'models/drafts'], ['x/models/drafts/a.sql']],
  ['**/drafts/**', ['models/drafts/a.sql', 'drafts/x/a.sql'], ['models/a.sql']],
  ['models/**/b.sql', ['models/b.sql', 'models/x/y/b.sql'], ['b.sql', 'models/xb.sql']],
  ['models/*.sql', ['models/a.sql'], ['models/x/a.sql']],
  ['a[0-9].sql', ['models/a1.sql'], ['models/ab.sql']],
  ['a[!0-9].sql', ['models/ab.sql'], ['models/a1.sql']],
  ['*.sql\n!keep.sql', ['models/a.sql'], ['models/keep.sql']],
  ['# a.sql\n\n\\#b.sql  ', ['models/#b.sql'], ['models/a.sql', '# a.sql']],
])('%j passes over what git would', (patterns, ignored, kept) => {
  const ignores = ignorePatterns(patterns)
  expect(ignored.filter((path) => !ignores(path))).toEqual([])
  expect(kept.filter(ignores)).toEqual([])
})
