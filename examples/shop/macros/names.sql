{#- The n-th of some words. -#}
{% macro name_of(number, words) -%}
case {{ number }}
{%- for word in words.split() %} when {{ loop.index }} then '{{ word }}'{% endfor %} end
{%- endmacro %}
