{% macro postgres__any_value(expression) -%}min({{ expression }}){%- endmacro %}

{% macro postgres__split_part(string_text, delimiter_text, part_number) -%}
  {%- if part_number >= 0 -%}
    {{ dbt.default__split_part(string_text, delimiter_text, part_number) }}
  {%- else -%}
    {{ dbt._split_part_negative(string_text, delimiter_text, part_number) }}
  {%- endif -%}
{%- endmacro %}

{% macro postgres__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- if limit_num -%}
    array_to_string( (array_agg( {{ measure }} {{ order_by_clause or '' }} ))[1:{{ limit_num }}], {{ delimiter_text }} )
  {%- else -%}
    string_agg( {{ measure }}, {{ delimiter_text }} {{ order_by_clause or '' }} )
  {%- endif -%}
{%- endmacro %}

{% macro postgres__equals(expr1, expr2) -%}
  {%- if adapter.behavior.enable_truthy_nulls_equals_macro.no_warn -%}
    ({{ expr1 }} is not distinct from {{ expr2 }})
  {%- else -%}
    {{ dbt.default__equals(expr1, expr2) }}
  {%- endif -%}
{%- endmacro %}
