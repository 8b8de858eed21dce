{% macro duckdb__get_catalog_relations(information_schema, relations) -%}
  {%- call statement('catalog', fetch_result=true) -%}
    with relations as (
      select database_name, schema_name, table_name, 'BASE TABLE' as kind, comment from duckdb_tables()
      union all
      select database_name, schema_name, view_name, 'VIEW', comment from duckdb_views()
    )
    select
      r.database_name as table_database,
      r.schema_name as table_schema,
      r.table_name,
      r.kind as table_type,
      r.comment as table_comment,
      c.column_name,
      c.column_index,
      c.data_type as column_type,
      c.comment as column_comment,
      null as table_owner
    from relations as r
    join duckdb_columns() as c using (database_name, schema_name, table_name)
    where lower(r.database_name) = lower({{ name_literal(information_schema.database) }})
      and {{ catalog_condition(relations, 'r.schema_name', 'r.table_name') }}
    order by r.schema_name, r.table_name, c.column_index
  {%- endcall -%}
  {{ return(load_result('catalog').table) }}
{%- endmacro %}
