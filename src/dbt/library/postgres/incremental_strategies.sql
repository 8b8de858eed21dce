{% macro postgres__get_incremental_default_sql(arg_dict) -%}
  {%- if arg_dict['unique_key'] -%}{{ return(get_incremental_delete_insert_sql(arg_dict)) }}{%- endif -%}
  {{ return(get_incremental_append_sql(arg_dict)) }}
{%- endmacro %}

{# dbt-postgres does microbatches as merges where there is a unique key. #}
{% macro postgres__get_incremental_microbatch_sql(arg_dict) -%}
  {%- if arg_dict['unique_key'] -%}{{ return(get_incremental_merge_sql(arg_dict)) }}{%- endif -%}
  {{ return(default__get_incremental_microbatch_sql(arg_dict)) }}
{%- endmacro %}
