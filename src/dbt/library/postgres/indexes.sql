{% macro postgres__get_create_index_sql(relation, index_dict) -%}
  {%- set index = adapter.parse_index(index_dict) -%}
  create {{ 'unique ' if index.unique }}index if not exists "{{ index.render(relation) }}"
  on {{ relation }} {{ 'using ' ~ index.type if index.type }} ({{ index.columns | join(', ') }})
{%- endmacro %}

{% macro postgres__get_show_indexes_sql(relation) -%}
  select
    index_class.relname as name,
    method.amname as method,
    index.indisunique as "unique",
    string_agg(attribute.attname, ',') as column_names
  from pg_catalog.pg_index as index
  join pg_catalog.pg_class as index_class on index_class.oid = index.indexrelid
  join pg_catalog.pg_am as method on method.oid = index_class.relam
  join pg_catalog.pg_class as indexed on indexed.oid = index.indrelid and indexed.relkind in ('r', 'm')
  join pg_catalog.pg_namespace as schema on schema.oid = indexed.relnamespace
  join pg_catalog.pg_attribute as attribute on attribute.attrelid = indexed.oid and attribute.attnum = any(index.indkey)
  where indexed.relname = {{ name_literal(relation.identifier) }} and schema.nspname = {{ name_literal(relation.schema) }}
  group by 1, 2, 3
  order by 1, 2, 3
{%- endmacro %}
