{# Where DuckDB does as any warehouse: under its own name, for those who call it by that. #}

{% macro duckdb__alter_column_comment(relation, column_dict) -%}
  {{ return(default__alter_column_comment(relation, column_dict)) }}
{%- endmacro %}

{% macro duckdb__alter_relation_add_remove_columns(relation, add_columns, remove_columns) -%}
  {{ return(default__alter_relation_add_remove_columns(relation, add_columns, remove_columns)) }}
{%- endmacro %}

{% macro duckdb__alter_relation_comment(relation, comment) -%}
  {{ return(default__alter_relation_comment(relation, comment)) }}
{%- endmacro %}

{% macro duckdb__check_schema_exists(information_schema, schema) -%}
  {{ return(default__check_schema_exists(information_schema, schema)) }}
{%- endmacro %}

{% macro duckdb__create_schema(relation) -%}
  {{ return(default__create_schema(relation)) }}
{%- endmacro %}

{% macro duckdb__create_view_as(relation, sql) -%}
  {{ return(default__create_view_as(relation, sql)) }}
{%- endmacro %}

{% macro duckdb__current_timestamp() -%}
  {{ return(default__current_timestamp()) }}
{%- endmacro %}

{% macro duckdb__drop_relation(relation) -%}
  {{ return(default__drop_relation(relation)) }}
{%- endmacro %}

{% macro duckdb__drop_schema(relation) -%}
  {{ return(default__drop_schema(relation)) }}
{%- endmacro %}

{% macro duckdb__get_batch_size() -%}
  {{ return(default__get_batch_size()) }}
{%- endmacro %}

{% macro duckdb__get_binding_char() -%}
  {{ return(default__get_binding_char()) }}
{%- endmacro %}

{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {{ return(default__get_catalog(information_schema, schemas)) }}
{%- endmacro %}

{% macro duckdb__get_columns_in_relation(relation) -%}
  {{ return(default__get_columns_in_relation(relation)) }}
{%- endmacro %}

{% macro duckdb__get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
  {{ return(default__get_empty_subquery_sql(select_sql, select_sql_header)) }}
{%- endmacro %}

{% macro duckdb__get_incremental_merge_sql(args_dict) -%}
  {{ return(default__get_incremental_merge_sql(args_dict)) }}
{%- endmacro %}

{% macro duckdb__get_incremental_microbatch_sql(arg_dict) -%}
  {{ return(default__get_incremental_microbatch_sql(arg_dict)) }}
{%- endmacro %}

{% macro duckdb__rename_relation(from_relation, to_relation) -%}
  {{ return(default__rename_relation(from_relation, to_relation)) }}
{%- endmacro %}

{% macro duckdb__snapshot_merge_sql(target, source, insert_cols) -%}
  {{ return(default__snapshot_merge_sql(target, source, insert_cols)) }}
{%- endmacro %}

{% macro duckdb__snapshot_string_as_time(timestamp) -%}
  {{ return(default__snapshot_string_as_time(timestamp)) }}
{%- endmacro %}
