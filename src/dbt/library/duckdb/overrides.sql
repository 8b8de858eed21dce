{# Macros that dbt-duckdb has besides dbt's of the same names. #}

{% macro run_hooks(hooks, inside_transaction=true) -%}
  {{ return(default__run_hooks(hooks, inside_transaction)) }}
{%- endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code, language) }}
{%- endmacro %}

{% macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {%- if language != 'sql' -%}
    {%- do exceptions.raise_compiler_error('duckdb__create_table_as takes code in SQL, not in ' ~ language ~ '.') -%}
  {%- endif -%}
  {{ default__create_table_as(temporary, relation, compiled_code) }}
{%- endmacro %}
