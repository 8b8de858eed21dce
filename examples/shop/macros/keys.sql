{#- A surrogate key: the hash of the natural key's columns. NULL and the empty text stay apart. -#}
{% macro surrogate_key(columns) -%}
md5({% for column in columns %}coalesce('v' || cast({{ column }} as varchar), 'n'){% if not loop.last %} || '|' || {% endif %}{% endfor %})
{%- endmacro %}

{% macro date_key(date) -%}
cast(extract(year from {{ date }}) * 10000 + extract(month from {{ date }}) * 100 + extract(day from {{ date }}) as integer)
{%- endmacro %}
