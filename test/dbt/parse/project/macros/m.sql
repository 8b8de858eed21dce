{% macro my_macro(x) %}{{ other(x) }}{% endmacro %}
{% macro other(x) %}{{ x }}{% endmacro %}
{% macro finish() %}select 1{% endmacro %}
