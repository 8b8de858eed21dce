{% macro duckdb__post_snapshot(staging_relation) -%}{%- do drop_relation(staging_relation) -%}{%- endmacro %}
