{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {%- set name = base_relation.identifier ~ suffix ~ py_current_timestring() -%}
  {{ return(base_relation.incorporate(path={'identifier': name, 'schema': none, 'database': none})) }}
{% endmacro %}

{# DuckDB's TRUNCATE is a DELETE that is not counted. #}
{% macro duckdb__truncate_relation(relation) -%}
  {%- call statement('truncate_relation') -%}delete from {{ relation.render() }}{%- endcall -%}
{%- endmacro %}
