{% macro duckdb__list_schemas(database) -%}
  {%- call statement('list_schemas', fetch_result=true, auto_begin=false) -%}
    select schema_name
    from system.information_schema.schemata
    {% if database is not none %}where lower(catalog_name) = lower({{ name_literal(database) }}){% endif %}
  {%- endcall -%}
  {{ return(load_result('list_schemas').table) }}
{%- endmacro %}

{% macro duckdb__list_relations_without_caching(schema_relation) -%}
  {%- call statement('list_relations_without_caching', fetch_result=true) -%}
    select
      {{ name_literal(schema_relation.database) }} as database,
      table_name as name,
      table_schema as schema,
      case table_type when 'VIEW' then 'view' else 'table' end as type
    from system.information_schema.tables
    where lower(table_catalog) = lower({{ name_literal(schema_relation.database) }})
      and lower(table_schema) = lower({{ name_literal(schema_relation.schema) }})
  {%- endcall -%}
  {{ return(load_result('list_relations_without_caching').table) }}
{%- endmacro %}
