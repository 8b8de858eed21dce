/**
 * The columns of the relation whose oid is `$1`, in order: `name`, `type_name` as PostgreSQL writes it, `type` and
 * `modifier`, the same of the type below any domains (`base_type`, `base_modifier`), and `not_null`.
 */
export const COLUMNS_QUERY = `
  with recursive base(number, type, modifier) as (
    select attnum, atttypid, atttypmod from pg_catalog.pg_attribute
    where attrelid = $1::oid and attnum > 0 and not attisdropped
    union all
    select b.number, t.typbasetype, case when b.modifier < 0 then t.typtypmod else b.modifier end
    from base b join pg_catalog.pg_type t on t.oid = b.type and t.typtype = 'd'
  )
  select a.attname::text as name, format_type(a.atttypid, a.atttypmod) as type_name, a.atttypid as type,
         a.atttypmod as modifier, b.type as base_type, b.modifier as base_modifier, a.attnotnull as not_null
  from base b join pg_catalog.pg_attribute a on a.attrelid = $1::oid and a.attnum = b.number
  join pg_catalog.pg_type t on t.oid = b.type and t.typtype <> 'd'
  order by a.attnum`
