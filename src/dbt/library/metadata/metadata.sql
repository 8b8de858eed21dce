{# Descriptions in the warehouse #}

{% macro persist_docs(relation, model, for_relation=true, for_columns=true) -%}
  {{ return(adapter.dispatch('persist_docs', 'dbt')(relation, model, for_relation, for_columns)) }}
{%- endmacro %}
{% macro default__persist_docs(relation, model, for_relation, for_columns) -%}
  {%- set asked = config.get('persist_docs', {}) or {} -%}
  {%- if for_relation and asked.get('relation') and model.description -%}
    {%- do run_query(alter_relation_comment(relation, model.description)) -%}
  {%- endif -%}
  {%- if for_columns and asked.get('columns') and model.columns -%}
    {%- set code = alter_column_comment(relation, model.columns) | trim -%}
    {%- if code -%}{%- do run_query(code) -%}{%- endif -%}
  {%- endif -%}
{%- endmacro %}

{% macro alter_relation_comment(relation, relation_comment) -%}
  {{ return(adapter.dispatch('alter_relation_comment', 'dbt')(relation, relation_comment)) }}
{%- endmacro %}
{% macro default__alter_relation_comment(relation, relation_comment) -%}
  comment on {{ relation.type | replace('_', ' ') }} {{ relation }} is '{{ relation_comment | replace("'", "''") }}'
{%- endmacro %}

{% macro alter_column_comment(relation, column_dict) -%}
  {{ return(adapter.dispatch('alter_column_comment', 'dbt')(relation, column_dict)) }}
{%- endmacro %}
{% macro default__alter_column_comment(relation, column_dict) -%}
  {%- set present = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
  {%- for name in column_dict if name in present -%}
    {%- set column = column_dict[name] -%}
    comment on column {{ relation }}.{{ adapter.quote(name) if column.get('quote') else name }} is '{{ column['description'] | replace("'", "''") }}';
  {% endfor -%}
{%- endmacro %}

{# Questions to the catalogue. What adapter gives is what the connection knows. #}

{% macro list_schemas(database) -%}{{ return(adapter.dispatch('list_schemas', 'dbt')(database)) }}{%- endmacro %}
{% macro default__list_schemas(database) -%}
  {{ return(run_query(
    "select distinct schema_name from information_schema.schemata where catalog_name = '" ~ database ~ "'"
  )) }}
{%- endmacro %}

{% macro check_schema_exists(information_schema, schema) -%}
  {{ return(adapter.dispatch('check_schema_exists', 'dbt')(information_schema, schema)) }}
{%- endmacro %}
{% macro default__check_schema_exists(information_schema, schema) -%}
  {{ return(run_query(
    "select count(*) from information_schema.schemata where catalog_name = '" ~ information_schema.database
    ~ "' and lower(schema_name) = lower('" ~ schema ~ "')"
  )) }}
{%- endmacro %}

{% macro list_relations_without_caching(schema_relation) -%}
  {{ return(adapter.list_relations_without_caching(schema_relation)) }}
{%- endmacro %}

{% macro information_schema_name(database) -%}
  {{ return(adapter.dispatch('information_schema_name', 'dbt')(database)) }}
{%- endmacro %}
{% macro default__information_schema_name(database) -%}
  {{ database ~ '.' if database }}INFORMATION_SCHEMA
{%- endmacro %}

{% macro get_relations() -%}{{ return(adapter.dispatch('get_relations', 'dbt')()) }}{%- endmacro %}
{% macro default__get_relations() -%}
  {{ return(run_query(
    'select table_schema as referenced_schema, table_name as referenced_name from information_schema.tables'
  )) }}
{%- endmacro %}

{# Relations and their columns, one row a column, as the catalogue of `docs generate` has them. #}
{% macro get_catalog(information_schema, schemas) -%}
  {{ return(adapter.dispatch('get_catalog', 'dbt')(information_schema, schemas)) }}
{%- endmacro %}
{% macro duckdb__get_catalog(information_schema, schemas) -%}
  {%- set database = information_schema.database if information_schema.database is defined else information_schema -%}
  {{ return(run_query(
    "with relations as (
      select database_name, schema_name, table_name, comment, 'BASE TABLE' as kind from duckdb_tables() where not internal
      union all
      select database_name, schema_name, view_name, comment, 'VIEW' from duckdb_views() where not internal
    )
    select r.database_name as table_database, r.schema_name as table_schema, r.table_name, r.kind as table_type,
      r.comment as table_comment, c.column_name, c.column_index as column_index, c.data_type as column_type,
      c.comment as column_comment, '' as table_owner
    from relations r join duckdb_columns() c
      on c.database_name = r.database_name and c.schema_name = r.schema_name and c.table_name = r.table_name
    where lower(r.database_name) = lower('" ~ database ~ "') and lower(r.schema_name) in (" ~ schema_list(schemas) ~ ")
    order by 2, 3, 7"
  )) }}
{%- endmacro %}
{% macro postgres__get_catalog(information_schema, schemas) -%}
  {%- set database = information_schema.database if information_schema.database is defined else information_schema -%}
  {{ return(run_query(
    "select '" ~ database ~ "' as table_database, n.nspname as table_schema, c.relname as table_name,
      case c.relkind when 'v' then 'VIEW' when 'm' then 'MATERIALIZED VIEW' else 'BASE TABLE' end as table_type,
      d.description as table_comment, a.attname as column_name, a.attnum as column_index,
      format_type(a.atttypid, a.atttypmod) as column_type, e.description as column_comment,
      pg_get_userbyid(c.relowner) as table_owner
    from pg_catalog.pg_class c
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_catalog.pg_description d on d.objoid = c.oid and d.objsubid = 0 and d.classoid = 'pg_class'::regclass
    left join pg_catalog.pg_description e on e.objoid = c.oid and e.objsubid = a.attnum and e.classoid = 'pg_class'::regclass
    where c.relkind in ('r', 'p', 'f', 'v', 'm') and c.relpersistence in ('p', 'u')
      and lower(n.nspname) in (" ~ schema_list(schemas) ~ ")
    order by 2, 3, 7"
  )) }}
{%- endmacro %}

{% macro schema_list(schemas) -%}
  {%- for schema in schemas -%}'{{ schema | lower | replace("'", "''") }}'{{ ', ' if not loop.last }}{%- endfor -%}
{%- endmacro %}

{# How old a source is #}

{% macro collect_freshness(source, loaded_at_field, filter) -%}
  {{ return(adapter.dispatch('collect_freshness', 'dbt')(source, loaded_at_field, filter)) }}
{%- endmacro %}
{% macro default__collect_freshness(source, loaded_at_field, filter) -%}
  {%- call statement('collect_freshness', fetch_result=true, auto_begin=false) -%}
    select max({{ loaded_at_field }}) as max_loaded_at, {{ current_timestamp() }} as snapshotted_at
    from {{ source }}
    {{ 'where ' ~ filter if filter }}
  {%- endcall -%}
  {{ return(load_result('collect_freshness')) }}
{%- endmacro %}

{% macro collect_freshness_custom_sql(source, loaded_at_query) -%}
  {{ return(adapter.dispatch('collect_freshness_custom_sql', 'dbt')(source, loaded_at_query)) }}
{%- endmacro %}
{% macro default__collect_freshness_custom_sql(source, loaded_at_query) -%}
  {%- call statement('collect_freshness_custom_sql', fetch_result=true, auto_begin=false) -%}
    with source_query as (
      {{ loaded_at_query }}
    )
    select (select * from source_query) as max_loaded_at, {{ current_timestamp() }} as snapshotted_at
  {%- endcall -%}
  {{ return(load_result('collect_freshness_custom_sql')) }}
{%- endmacro %}

{% macro get_relation_last_modified(information_schema, relations) -%}
  {{ return(adapter.dispatch('get_relation_last_modified', 'dbt')(information_schema, relations)) }}
{%- endmacro %}
{% macro default__get_relation_last_modified(information_schema, relations) -%}
  {%- do exceptions.raise_not_implemented(
    adapter.type() ~ ' does not record when a table last changed. Give the source a loaded_at_field.'
  ) -%}
{%- endmacro %}
