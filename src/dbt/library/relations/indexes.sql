{#
  Indexes: a list of columns and whether they are unique, named by what they are and when they were made: a table that is
  built anew has its old ones until it is published.
#}

{% macro create_indexes(relation) -%}{{ return(adapter.dispatch('create_indexes', 'dbt')(relation)) }}{%- endmacro %}

{% macro default__create_indexes(relation) -%}
  {%- for index in config.get('indexes') or [] -%}
    {%- set code = get_create_index_sql(relation, index) -%}
    {%- if code -%}{%- do run_query(code) -%}{%- endif -%}
  {%- endfor -%}
{%- endmacro %}

{% macro get_create_index_sql(relation, index_dict) -%}
  {{ return(adapter.dispatch('get_create_index_sql', 'dbt')(relation, index_dict)) }}
{%- endmacro %}

{% macro default__get_create_index_sql(relation, index_dict) -%}{{ return(none) }}{%- endmacro %}

{% macro duckdb__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index "{{ index.render(relation) }}"
  on {{ relation }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{% macro postgres__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index if not exists "{{ index.render(relation) }}"
  on {{ relation }} {{ 'using ' ~ index.type if index.type }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{% macro get_show_indexes_sql(relation) -%}
  {{ return(adapter.dispatch('get_show_indexes_sql', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__get_show_indexes_sql(relation) -%}
  select index_name as name
  from duckdb_indexes()
  where database_name = {{ name_literal(relation.database) }}
    and schema_name = {{ name_literal(relation.schema) }}
    and table_name = {{ name_literal(relation.identifier) }}
{%- endmacro %}

{% macro postgres__get_show_indexes_sql(relation) -%}
  select
    index_class.relname as name,
    method.amname as method,
    index.indisunique as "unique",
    string_agg(attribute.attname, ',') as column_names
  from pg_catalog.pg_index as index
  join pg_catalog.pg_class as index_class on index_class.oid = index.indexrelid
  join pg_catalog.pg_am as method on method.oid = index_class.relam
  join pg_catalog.pg_class as indexed on indexed.oid = index.indrelid and indexed.relkind in ('r', 'm')
  join pg_catalog.pg_namespace as schema on schema.oid = indexed.relnamespace
  join pg_catalog.pg_attribute as attribute on attribute.attrelid = indexed.oid and attribute.attnum = any(index.indkey)
  where indexed.relname = {{ name_literal(relation.identifier) }} and schema.nspname = {{ name_literal(relation.schema) }}
  group by 1, 2, 3
  order by 1, 2, 3
{%- endmacro %}

{% macro get_drop_index_sql(relation, index_name) -%}
  {{ return(adapter.dispatch('get_drop_index_sql', 'dbt')(relation, index_name)) }}
{%- endmacro %}

{% macro default__get_drop_index_sql(relation, index_name) -%}
  drop index if exists {{ adapter.quote(relation.schema) }}.{{ adapter.quote(index_name) }}
{%- endmacro %}

{# DuckDB renames no table that has indexes. #}
{% macro drop_indexes_on_relation(relation) -%}
  {{ return(adapter.dispatch('drop_indexes_on_relation', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__drop_indexes_on_relation(relation) -%}{%- endmacro %}

{% macro duckdb__drop_indexes_on_relation(relation) -%}
  {%- for row in run_query(get_show_indexes_sql(relation)).rows -%}
    {%- call statement(auto_begin=false) -%}
      drop index {{ adapter.quote(relation.database) }}.{{ adapter.quote(relation.schema) }}.{{ adapter.quote(row[0]) }}
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}
