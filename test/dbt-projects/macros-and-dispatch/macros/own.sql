{% macro default__shout(text) %}'{{ text }}, louder'{% endmacro %}
{% macro same_name() %}'of the project'{% endmacro %}

{% macro generate_schema_name(custom_schema_name, node) -%}
  {%- if target.name == 'prod' and custom_schema_name -%}{{ custom_schema_name | trim }}
  {%- else -%}{{ default__generate_schema_name(custom_schema_name, node) }}{%- endif -%}
{%- endmacro %}

{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
  {{ (custom_alias_name or node.name) ~ ('_v' ~ node.version if node.version else '') ~ '_t' }}
{%- endmacro %}

{% macro ref(model_name, v=none) %}
  {%- do return(builtins.ref(model_name)) -%}
{% endmacro %}

{% macro source(one, two) %}{{ return(builtins.source(one, two).include(database=false)) }}{% endmacro %}

{% macro many(first, second='two') %}
  {%- set more = varargs | list %}{% set named = kwargs.items() | list -%}
  $$ {{ first }} {{ second }} {{ more }} {{ named }} $$
{%- endmacro %}

{% macro with_caller(times) %}{% for i in range(times) %}{{ caller(i) }}{{ ', ' if not loop.last }}{% endfor %}{% endmacro %}

{% macro returning() %}{% do return({'a': [1, 2.0, none, true], 'b': ('x',)}) %}never{% endmacro %}
