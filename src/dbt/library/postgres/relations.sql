{% macro postgres__make_intermediate_relation(base_relation, suffix) %}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=false)) }}
{% endmacro %}

{% macro postgres__make_temp_relation(base_relation, suffix) %}
  {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=true) -%}
  {{ return(named.incorporate(path={'schema': none, 'database': none})) }}
{% endmacro %}

{% macro postgres__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=false) -%}
  {{ return(named.incorporate(type=backup_relation_type)) }}
{% endmacro %}

{# Postgres cuts names after 63 characters: the name gives way, not the suffix. #}
{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) %}
  {%- set end = suffix ~ (py_current_timestring() if dstring else '') -%}
  {%- set name = base_relation.identifier[:63 - (end | length)] ~ end -%}
  {{ return(base_relation.incorporate(path={'identifier': name})) }}
{% endmacro %}

{% macro postgres__create_schema(relation) -%}
  {%- call statement('create_schema') -%}
    create schema if not exists {{ relation.without_identifier().include(database=false) }}
  {%- endcall -%}
{%- endmacro %}

{% macro postgres__drop_schema(relation) -%}
  {%- call statement('drop_schema') -%}
    drop schema if exists {{ relation.without_identifier().include(database=false) }} cascade
  {%- endcall -%}
{%- endmacro %}
