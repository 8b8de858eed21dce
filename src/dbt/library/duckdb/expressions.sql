{% macro duckdb__any_value(expression) -%}arbitrary({{ expression }}){%- endmacro %}

{% macro duckdb__split_part(string_text, delimiter_text, part_number) -%}
  string_split({{ string_text }}, {{ delimiter_text }})[ {{ part_number }} ]
{%- endmacro %}

{% macro duckdb__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
  {%- if limit_num -%}
    list_aggr( (array_agg( {{ measure }} {{ order_by_clause or '' }} ))[1:{{ limit_num }}], 'string_agg', {{ delimiter_text }} )
  {%- else -%}
    string_agg( {{ measure }}, {{ delimiter_text }} {{ order_by_clause or '' }} )
  {%- endif -%}
{%- endmacro %}
