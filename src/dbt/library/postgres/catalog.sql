{% macro postgres__get_catalog_relations(information_schema, relations) -%}
  {%- do postgres_require_database(information_schema.database) -%}
  {%- call statement('catalog', fetch_result=true) -%}
    select
      {{ name_literal(information_schema.database) }} as table_database,
      n.nspname as table_schema,
      c.relname as table_name,
      case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type,
      obj_description(c.oid, 'pg_class') as table_comment,
      a.attname as column_name,
      a.attnum as column_index,
      format_type(a.atttypid, a.atttypmod) as column_type,
      col_description(c.oid, a.attnum) as column_comment,
      pg_get_userbyid(c.relowner) as table_owner
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p', 'f', 'v', 'm')
      and c.relpersistence in ('p', 'u')
      and {{ catalog_condition(relations, 'n.nspname', 'c.relname') }}
    order by n.nspname, c.relname, a.attnum
  {%- endcall -%}
  {{ return(load_result('catalog').table) }}
{%- endmacro %}
