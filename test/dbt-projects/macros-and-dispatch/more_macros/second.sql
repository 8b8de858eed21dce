{% macro outer() %}{{ inner() }}{% endmacro %}
{% macro inner() %}{{ caller() if caller is defined else "'inner'" }}{% endmacro %}
{#- a comment with {{ braces }} -#}
{%- macro trimmed() -%}
    'trimmed'
{%- endmacro -%}
