{# Relations and their columns, one row a column, as the catalogue of `docs generate` has them. #}

{% macro get_catalog(information_schema, schemas) -%}
  {{ return(adapter.dispatch('get_catalog', 'dbt')(information_schema, schemas)) }}
{%- endmacro %}

{# Every relation of some schemas. #}
{% macro default__get_catalog(information_schema, schemas) -%}
  {%- set wanted = [] -%}
  {%- for schema in schemas -%}{%- do wanted.append({'schema': schema}) -%}{%- endfor -%}
  {{ return(get_catalog_relations(information_schema, wanted)) }}
{%- endmacro %}

{# Some relations; those without an identifier stand for their whole schema. #}
{% macro get_catalog_relations(information_schema, relations) -%}
  {{ return(adapter.dispatch('get_catalog_relations', 'dbt')(information_schema, relations)) }}
{%- endmacro %}

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

{% macro catalog_condition(relations, schema_column, name_column) -%}
  {%- if not relations -%}false{%- endif -%}
  {%- for relation in relations -%}
    {%- if not relation.schema -%}
      {%- do exceptions.raise_compiler_error('Every relation that the catalogue is asked for needs a schema.') -%}
    {%- endif -%}
    {{ '(' if loop.first else ' or ' }}lower({{ schema_column }}) = lower({{ name_literal(relation.schema) }})
    {%- if relation.identifier %} and lower({{ name_column }}) = lower({{ name_literal(relation.identifier) }}){% endif -%}
    {{ ')' if loop.last }}
  {%- endfor -%}
{%- endmacro %}

{# A name as a text in SQL. #}
{% macro name_literal(name) -%}'{{ name | string | replace("'", "''") }}'{%- endmacro %}
