{# Where Postgres does as any warehouse: under its own name, for those who call it by that. #}

{% macro postgres__alter_column_comment(relation, column_dict) -%}
  {{ return(default__alter_column_comment(relation, column_dict)) }}
{%- endmacro %}

{% macro postgres__alter_relation_comment(relation, comment) -%}
  {{ return(default__alter_relation_comment(relation, comment)) }}
{%- endmacro %}

{% macro postgres__create_table_as(temporary, relation, sql) -%}
  {{ return(default__create_table_as(temporary, relation, sql)) }}
{%- endmacro %}

{% macro postgres__current_timestamp() -%}
  {{ return(default__current_timestamp()) }}
{%- endmacro %}

{% macro postgres__current_timestamp_backcompat() -%}
  {{ return(default__current_timestamp_backcompat()) }}
{%- endmacro %}

{% macro postgres__drop_materialized_view(relation) -%}
  {{ return(default__drop_materialized_view(relation)) }}
{%- endmacro %}

{% macro postgres__drop_table(relation) -%}
  {{ return(default__drop_table(relation)) }}
{%- endmacro %}

{% macro postgres__drop_view(relation) -%}
  {{ return(default__drop_view(relation)) }}
{%- endmacro %}

{% macro postgres__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation) -%}
  {{ return(default__get_alter_materialized_view_as_sql(relation, configuration_changes, sql, existing_relation, backup_relation, intermediate_relation)) }}
{%- endmacro %}

{% macro postgres__get_catalog(information_schema, schemas) -%}
  {{ return(default__get_catalog(information_schema, schemas)) }}
{%- endmacro %}

{% macro postgres__get_columns_in_relation(relation) -%}
  {{ return(default__get_columns_in_relation(relation)) }}
{%- endmacro %}

{% macro postgres__get_create_materialized_view_as_sql(relation, sql) -%}
  {{ return(default__get_create_materialized_view_as_sql(relation, sql)) }}
{%- endmacro %}

{% macro postgres__get_drop_index_sql(relation, index_name) -%}
  {{ return(default__get_drop_index_sql(relation, index_name)) }}
{%- endmacro %}

{% macro postgres__get_rename_materialized_view_sql(relation, new_name) -%}
  {{ return(default__get_rename_materialized_view_sql(relation, new_name)) }}
{%- endmacro %}

{% macro postgres__get_rename_table_sql(relation, new_name) -%}
  {{ return(default__get_rename_table_sql(relation, new_name)) }}
{%- endmacro %}

{% macro postgres__get_rename_view_sql(relation, new_name) -%}
  {{ return(default__get_rename_view_sql(relation, new_name)) }}
{%- endmacro %}

{% macro postgres__get_replace_table_sql(relation, sql) -%}
  {{ return(default__get_replace_table_sql(relation, sql)) }}
{%- endmacro %}

{% macro postgres__get_replace_view_sql(relation, sql) -%}
  {{ return(default__get_replace_view_sql(relation, sql)) }}
{%- endmacro %}

{% macro postgres__refresh_materialized_view(relation) -%}
  {{ return(default__refresh_materialized_view(relation)) }}
{%- endmacro %}

{% macro postgres__snapshot_merge_sql(target, source, insert_cols) -%}
  {{ return(default__snapshot_merge_sql(target, source, insert_cols)) }}
{%- endmacro %}
