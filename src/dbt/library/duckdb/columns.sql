{% macro get_column_names() -%}({{ adapter.dispatch('get_column_names', 'dbt')() }}){%- endmacro %}
