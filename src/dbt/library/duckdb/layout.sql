{# How a table is to lie on the disk. Only DuckLake can do it; what is asked for is judged all the same, as dbt-duckdb does. #}
{% macro duckdb__check_layout(relation) -%}
  {%- do duckdb__get_partitioned_by(relation, false) -%}
  {%- do duckdb__get_sorted_by(relation, false) -%}
{%- endmacro %}

{% macro duckdb__get_partitioned_by(relation, temporary) -%}
  {{ return(none if temporary else duckdb__layout_columns(relation, 'partitioned_by', 'partition_by')) }}
{%- endmacro %}

{% macro duckdb__get_sorted_by(relation, temporary) -%}
  {{ return(none if temporary else duckdb__layout_columns(relation, 'sorted_by', 'sort_by')) }}
{%- endmacro %}

{% macro duckdb__layout_columns(relation, key, other_key) -%}
  {%- set given = config.get(key) -%}
  {%- if given is none or given == '' -%}{%- set given = config.get(other_key) -%}{%- endif -%}
  {%- if given is none or given == '' -%}{{ return(none) }}{%- endif -%}
  {%- set name = key ~ '/' ~ other_key -%}
  {%- if normalize_string_or_list(given, name) | length == 0 -%}
    {%- do exceptions.raise_compiler_error(name ~ ' must name at least one column') -%}
  {%- endif -%}
  {%- do adapter.warn_once(name ~ ' has an effect on DuckLake relations alone, and none on ' ~ relation) -%}
  {{ return(none) }}
{%- endmacro %}

{% macro normalize_string_or_list(raw, field_name) -%}
  {%- if raw is none -%}{{ return([]) }}{%- endif -%}
  {%- set items = [raw] if raw is string else raw -%}
  {%- if items is mapping or items is not sequence -%}
    {%- do exceptions.raise_compiler_error(field_name ~ ' must be a list of strings or a string') -%}
  {%- endif -%}
  {%- for item in items if item is not string -%}
    {%- do exceptions.raise_compiler_error(field_name ~ ' must hold strings alone') -%}
  {%- endfor -%}
  {{ return(items | list) }}
{%- endmacro %}
