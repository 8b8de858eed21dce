{# How a relation takes the place of another of its name. #}

{% macro get_replace_sql(existing_relation, target_relation, sql) -%}
  {{ return(adapter.dispatch('get_replace_sql', 'dbt')(existing_relation, target_relation, sql)) }}
{%- endmacro %}

{# In one statement where the engine has one, else built beside the old one or after it, as renaming is possible. #}
{% macro default__get_replace_sql(existing_relation, target_relation, sql) -%}
  {%- set is_replaceable = existing_relation.type == target_relation.type and existing_relation.can_be_replaced -%}
  {%- if is_replaceable and existing_relation.is_view -%}
    {{ get_replace_view_sql(target_relation, sql) }}
  {%- elif is_replaceable and existing_relation.is_table -%}
    {{ get_replace_table_sql(target_relation, sql) }}
  {%- elif is_replaceable and existing_relation.is_materialized_view -%}
    {{ get_replace_materialized_view_sql(target_relation, sql) }}
  {%- elif target_relation.can_be_renamed -%}
    {{ get_create_intermediate_sql(target_relation, sql) }};
    {{ get_create_backup_sql(existing_relation) if existing_relation.can_be_renamed else get_drop_sql(existing_relation) }};
    {{ get_rename_intermediate_sql(target_relation) }}
    {%- if existing_relation.can_be_renamed %};
    {{ get_drop_backup_sql(existing_relation) }}
    {%- endif -%}
  {%- elif existing_relation.can_be_renamed -%}
    {{ get_create_backup_sql(existing_relation) }};
    {{ get_create_sql(target_relation, sql) }};
    {{ get_drop_backup_sql(existing_relation) }}
  {%- else -%}
    {{ get_drop_sql(existing_relation) }};
    {{ get_create_sql(target_relation, sql) }}
  {%- endif -%}
{%- endmacro %}

{% macro get_replace_view_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_replace_view_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}
{% macro default__get_replace_view_sql(relation, sql) -%}
  {%- if config.get('contract').enforced -%}{{ get_assert_columns_equivalent(sql) }}{%- endif -%}
  {{ config.get('sql_header') or '' }}
  create or replace view {{ relation }} as (
    {{ sql }}
  )
{%- endmacro %}

{# DuckDB has a statement for it, and a table with constraints takes two. #}
{% macro get_replace_table_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_replace_table_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}
{% macro default__get_replace_table_sql(relation, sql) -%}
  {{ get_drop_sql(relation) }};
  {{ get_create_table_as_sql(false, relation, sql) }}
{%- endmacro %}

{% macro get_replace_materialized_view_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_replace_materialized_view_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}
{% macro default__get_replace_materialized_view_sql(relation, sql) -%}
  {{ get_drop_sql(relation) }};
  {{ get_create_materialized_view_as_sql(relation, sql) }}
{%- endmacro %}

{# Builds a relation beside the one whose place it will take. #}
{% macro get_create_intermediate_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_create_intermediate_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}
{% macro default__get_create_intermediate_sql(relation, sql) -%}
  {%- set intermediate = make_intermediate_relation(relation) -%}
  {{ get_drop_sql(intermediate) }};
  {{ get_create_sql(intermediate, sql) }}
{%- endmacro %}

{% macro get_rename_intermediate_sql(relation) -%}
  {{ return(adapter.dispatch('get_rename_intermediate_sql', 'dbt')(relation)) }}
{%- endmacro %}
{% macro default__get_rename_intermediate_sql(relation) -%}
  {{ get_rename_sql(make_intermediate_relation(relation), relation.identifier) }}
{%- endmacro %}

{# Moves a relation out of the way, and away once the other one is there. #}
{% macro get_create_backup_sql(relation) -%}
  {{ return(adapter.dispatch('get_create_backup_sql', 'dbt')(relation)) }}
{%- endmacro %}
{% macro default__get_create_backup_sql(relation) -%}
  {%- set backup = make_backup_relation(relation, relation.type) -%}
  {{ get_drop_sql(backup) }};
  {{ get_rename_sql(relation, backup.identifier) }}
{%- endmacro %}

{% macro get_drop_backup_sql(relation) -%}
  {{ return(adapter.dispatch('get_drop_backup_sql', 'dbt')(relation)) }}
{%- endmacro %}
{% macro default__get_drop_backup_sql(relation) -%}
  {{ get_drop_sql(make_backup_relation(relation, relation.type)) }}
{%- endmacro %}
