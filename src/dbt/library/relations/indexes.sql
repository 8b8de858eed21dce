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
