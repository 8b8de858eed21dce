/** Words that cannot be a column's name without quotes in PostgreSQL or DuckDB. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  [
    'all analyse analyze and any array as asc asymmetric both case cast check collate collation column constraint create',
    'cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default',
    'deferrable desc describe distinct do else end except false fetch for foreign freeze from full glob grant group having',
    'ilike in initially inner intersect into is isnull join lambda lateral leading left like limit localtime',
    'localtimestamp map natural not notnull null offset on only or order outer overlaps pivot pivot_longer pivot_wider',
    'placing positional primary qualify references returning right select session_user show similar some struct summarize',
    'symmetric system_user table tablesample then to trailing true try_cast union unique unpivot user using variadic',
    'verbose when where window with',
  ]
    .join(' ')
    .split(' '),
)
