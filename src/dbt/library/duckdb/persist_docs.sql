{# dbt's names for it. #}
{% macro duckdb_escape_comment(comment) -%}{{ comment_literal(comment) }}{%- endmacro %}
