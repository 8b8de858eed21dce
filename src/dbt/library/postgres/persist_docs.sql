{% macro postgres_escape_comment(comment) -%}{{ comment_literal(comment) }}{%- endmacro %}
