import { isSignificant, tokenize } from './tokenize.ts'

/** Words that neither PostgreSQL nor DuckDB takes for a name unless they are quoted or follow AS or a dot. */
const RESERVED: ReadonlySet<string> = new Set(
  `all and array asc both case cast check collate column constraint create cross default deferrable desc distinct do else
   end except false fetch for foreign from full grant group having in initially inner intersect into is join lateral leading
   left like limit not null offset on only or order outer primary references returning right select some table then to
   trailing true union unique using when where window with`
    .trim()
    .split(/\s+/),
)

/**
 * A text of SQL without what is only its layout: texts that differ in spaces, comments or the case of keywords have one
 * form. Names keep their case, for it is seen in results.
 */
export function canonicalSql(sql: string): string {
  const parts: string[] = []
  let before = ''
  for (const token of tokenize(sql)) {
    if (!isSignificant(token)) continue
    const text = sql.slice(token.start, token.end)
    const lower = token.kind === 'word' ? text.toLowerCase() : text
    const isName = before === 'as' || before === '.'
    const isKeyword = token.kind === 'word' && !isName && (lower === 'as' || RESERVED.has(lower))
    parts.push(isKeyword ? lower : text)
    before = isKeyword || token.kind === 'symbol' ? lower : ''
  }
  while (parts.at(-1) === ';') parts.pop()
  return parts.join(' ')
}
