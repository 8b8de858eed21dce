{% macro duckdb__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index "{{ index.render(relation) }}"
  on {{ relation }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{% macro duckdb__drop_indexes_on_relation(relation) -%}
  {%- for row in run_query(get_show_indexes_sql(relation)).rows -%}
    {%- call statement(auto_begin=false) -%}
      drop index {{ adapter.quote(relation.database) }}.{{ adapter.quote(relation.schema) }}.{{ adapter.quote(row[0]) }}
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}
