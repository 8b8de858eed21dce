{% macro load_relation(relation) %}{{ return(load_cached_relation(relation)) }}{% endmacro %}

{# The relation as the warehouse has it, or None. #}
{% macro load_cached_relation(relation) %}
  {{ return(adapter.get_relation(
    database=relation.database, schema=relation.schema, identifier=relation.identifier
  )) }}
{% endmacro %}

{# Whether there was a relation of that name, and the relation: as it is, or as it would be. #}
{% macro get_or_create_relation(database, schema, identifier, type) -%}
  {{ return(adapter.dispatch('get_or_create_relation', 'dbt')(database, schema, identifier, type)) }}
{%- endmacro %}

{% macro default__get_or_create_relation(database, schema, identifier, type) %}
  {%- set found = adapter.get_relation(database=database, schema=schema, identifier=identifier) -%}
  {%- if found is not none -%}{{ return([true, found]) }}{%- endif -%}
  {{ return([false, api.Relation.create(database=database, schema=schema, identifier=identifier, type=type)]) }}
{% endmacro %}

{% macro make_intermediate_relation(base_relation, suffix='__dbt_tmp') %}
  {{ return(adapter.dispatch('make_intermediate_relation', 'dbt')(base_relation, suffix)) }}
{% endmacro %}

{% macro default__make_intermediate_relation(base_relation, suffix) %}
  {{ return(default__make_temp_relation(base_relation, suffix)) }}
{% endmacro %}

{% macro postgres__make_intermediate_relation(base_relation, suffix) %}
  {{ return(postgres__make_relation_with_suffix(base_relation, suffix, dstring=false)) }}
{% endmacro %}

{% macro make_temp_relation(base_relation, suffix='__dbt_tmp') %}
  {{ return(adapter.dispatch('make_temp_relation', 'dbt')(base_relation, suffix)) }}
{% endmacro %}

{% macro default__make_temp_relation(base_relation, suffix) %}
  {{ return(base_relation.incorporate(path={'identifier': base_relation.identifier ~ suffix})) }}
{% endmacro %}

{% macro duckdb__make_temp_relation(base_relation, suffix) %}
  {%- set name = base_relation.identifier ~ suffix ~ py_current_timestring() -%}
  {{ return(base_relation.incorporate(path={'identifier': name, 'schema': none, 'database': none})) }}
{% endmacro %}

{% macro postgres__make_temp_relation(base_relation, suffix) %}
  {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=true) -%}
  {{ return(named.incorporate(path={'schema': none, 'database': none})) }}
{% endmacro %}

{% macro make_backup_relation(base_relation, backup_relation_type, suffix='__dbt_backup') %}
  {{ return(adapter.dispatch('make_backup_relation', 'dbt')(base_relation, backup_relation_type, suffix)) }}
{% endmacro %}

{% macro default__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {{ return(api.Relation.create(
    database=base_relation.database, schema=base_relation.schema,
    identifier=base_relation.identifier ~ suffix, type=backup_relation_type
  )) }}
{% endmacro %}

{% macro postgres__make_backup_relation(base_relation, backup_relation_type, suffix) %}
  {%- set named = postgres__make_relation_with_suffix(base_relation, suffix, dstring=false) -%}
  {{ return(named.incorporate(type=backup_relation_type)) }}
{% endmacro %}

{# Postgres cuts names after 63 characters: the name gives way, not the suffix. #}
{% macro postgres__make_relation_with_suffix(base_relation, suffix, dstring) %}
  {%- set end = suffix ~ (py_current_timestring() if dstring else '') -%}
  {%- set name = base_relation.identifier[:63 - (end | length)] ~ end -%}
  {{ return(base_relation.incorporate(path={'identifier': name})) }}
{% endmacro %}

{% macro drop_relation(relation) -%}
  {{ return(adapter.dispatch('drop_relation', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__drop_relation(relation) -%}
  {%- call statement('drop_relation', auto_begin=false) -%}{{ get_drop_sql(relation) }}{%- endcall -%}
{%- endmacro %}

{% macro drop_relation_if_exists(relation) %}
  {%- if relation is not none -%}{%- do adapter.drop_relation(relation) -%}{%- endif -%}
{% endmacro %}

{% macro get_drop_sql(relation) -%}
  {{ return(adapter.dispatch('get_drop_sql', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__get_drop_sql(relation) -%}
  {%- if relation.is_view -%}
    {{ drop_view(relation) }}
  {%- elif relation.is_table -%}
    {{ drop_table(relation) }}
  {%- elif relation.is_materialized_view -%}
    {{ drop_materialized_view(relation) }}
  {%- else -%}
    drop {{ relation.type }} if exists {{ relation.render() }} cascade
  {%- endif -%}
{%- endmacro %}

{% macro drop_view(relation) -%}{{ return(adapter.dispatch('drop_view', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__drop_view(relation) -%}drop view if exists {{ relation.render() }} cascade{%- endmacro %}

{% macro drop_table(relation) -%}{{ return(adapter.dispatch('drop_table', 'dbt')(relation)) }}{%- endmacro %}
{% macro default__drop_table(relation) -%}drop table if exists {{ relation.render() }} cascade{%- endmacro %}

{% macro drop_materialized_view(relation) -%}
  {{ return(adapter.dispatch('drop_materialized_view', 'dbt')(relation)) }}
{%- endmacro %}
{% macro default__drop_materialized_view(relation) -%}
  drop materialized view if exists {{ relation.render() }} cascade
{%- endmacro %}

{% macro drop_schema_named(schema_name) %}
  {%- do adapter.drop_schema(api.Relation.create(database=target.database, schema=schema_name)) -%}
{% endmacro %}

{% macro truncate_relation(relation) -%}
  {{ return(adapter.dispatch('truncate_relation', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__truncate_relation(relation) -%}
  {%- call statement('truncate_relation') -%}truncate table {{ relation.render() }}{%- endcall -%}
{%- endmacro %}

{# DuckDB's TRUNCATE is a DELETE that is not counted. #}
{% macro duckdb__truncate_relation(relation) -%}
  {%- call statement('truncate_relation') -%}delete from {{ relation.render() }}{%- endcall -%}
{%- endmacro %}

{% macro rename_relation(from_relation, to_relation) -%}
  {{ return(adapter.dispatch('rename_relation', 'dbt')(from_relation, to_relation)) }}
{%- endmacro %}

{% macro default__rename_relation(from_relation, to_relation) -%}
  {%- call statement('rename_relation') -%}
    {{ get_rename_sql(from_relation, to_relation.identifier) }}
  {%- endcall -%}
{%- endmacro %}

{% macro get_rename_sql(relation, new_name) -%}
  {{ return(adapter.dispatch('get_rename_sql', 'dbt')(relation, new_name)) }}
{%- endmacro %}

{% macro default__get_rename_sql(relation, new_name) -%}
  alter {{ 'materialized view' if relation.is_materialized_view else relation.type or 'table' }} {{ relation.render() }} rename to {{ adapter.quote(new_name) }}
{%- endmacro %}

{% macro get_rename_view_sql(relation, new_name) -%}{{ return(get_rename_sql(relation, new_name)) }}{%- endmacro %}
{% macro get_rename_table_sql(relation, new_name) -%}{{ return(get_rename_sql(relation, new_name)) }}{%- endmacro %}

{% macro get_create_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_create_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}

{% macro default__get_create_sql(relation, sql) -%}
  {%- if relation.is_view -%}
    {{ get_create_view_as_sql(relation, sql) }}
  {%- elif relation.is_materialized_view -%}
    {{ get_create_materialized_view_as_sql(relation, sql) }}
  {%- else -%}
    {{ get_create_table_as_sql(false, relation, sql) }}
  {%- endif -%}
{%- endmacro %}

{% macro get_create_table_as_sql(temporary, relation, sql) -%}
  {{ return(adapter.dispatch('get_create_table_as_sql', 'dbt')(temporary, relation, sql)) }}
{%- endmacro %}

{% macro default__get_create_table_as_sql(temporary, relation, sql) -%}
  {{ return(create_table_as(temporary, relation, sql)) }}
{%- endmacro %}

{% macro create_table_as(temporary, relation, compiled_code, language='sql') -%}
  {%- if language != 'sql' -%}
    {%- do exceptions.raise_compiler_error('Models are written in SQL here, and not in ' ~ language ~ '.') -%}
  {%- endif -%}
  {{ adapter.dispatch('create_table_as', 'dbt')(temporary, relation, compiled_code) }}
{%- endmacro %}

{% macro default__create_table_as(temporary, relation, sql) -%}
  {%- set header = config.get('sql_header') -%}
  {%- set name = relation.include(database=not temporary, schema=not temporary) -%}
  {%- set contract = config.get('contract') -%}
  {{ header if header is not none }}
  {% if contract.enforced and not temporary -%}
    {{ get_assert_columns_equivalent(sql) }}
    create table {{ name }} {{ get_table_columns_and_constraints() }};
    insert into {{ name }} ({{ get_contract_column_names() }})
    {{ get_select_subquery(sql) }}
  {%- else -%}
    {%- if contract.enforced -%}{{ get_assert_columns_equivalent(sql) }}{%- endif -%}
    create {{ 'temporary ' if temporary }}{{ 'unlogged ' if config.get('unlogged') and target.type == 'postgres' and not temporary }}table {{ name }} as (
      {{ sql }}
    )
  {%- endif -%}
{%- endmacro %}

{% macro get_create_view_as_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_create_view_as_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}

{% macro default__get_create_view_as_sql(relation, sql) -%}{{ return(create_view_as(relation, sql)) }}{%- endmacro %}

{% macro create_view_as(relation, sql) -%}
  {{ adapter.dispatch('create_view_as', 'dbt')(relation, sql) }}
{%- endmacro %}

{% macro default__create_view_as(relation, sql) -%}
  {%- set header = config.get('sql_header') -%}
  {{ header if header is not none }}
  {% if config.get('contract').enforced -%}{{ get_assert_columns_equivalent(sql) }}{%- endif -%}
  create view {{ relation }} as (
    {{ sql }}
  )
{%- endmacro %}

{% macro get_replace_sql(existing_relation, target_relation, sql) -%}
  {{ return(adapter.dispatch('get_replace_sql', 'dbt')(existing_relation, target_relation, sql)) }}
{%- endmacro %}

{% macro default__get_replace_sql(existing_relation, target_relation, sql) -%}
  {{ get_drop_sql(existing_relation) }};
  {{ get_create_sql(target_relation, sql) }}
{%- endmacro %}

{% macro get_create_intermediate_sql(relation, sql) -%}
  {{ get_create_sql(make_intermediate_relation(relation), sql) }}
{%- endmacro %}

{% macro get_create_backup_sql(relation) -%}
  {%- set backup = make_backup_relation(relation, relation.type) -%}
  {{ get_drop_sql(backup) }};
  {{ get_rename_sql(relation, backup.identifier) }}
{%- endmacro %}

{% macro get_rename_intermediate_sql(relation) -%}
  {{ get_rename_sql(make_intermediate_relation(relation), relation.identifier) }}
{%- endmacro %}

{% macro get_drop_backup_sql(relation) -%}
  {{ get_drop_sql(make_backup_relation(relation, relation.type)) }}
{%- endmacro %}

{% macro create_schema(relation) -%}{{ return(adapter.dispatch('create_schema', 'dbt')(relation)) }}{%- endmacro %}

{% macro default__create_schema(relation) -%}
  {%- call statement('create_schema') -%}
    create schema if not exists {{ relation.without_identifier() }}
  {%- endcall -%}
{%- endmacro %}

{% macro postgres__create_schema(relation) -%}
  {%- call statement('create_schema') -%}
    create schema if not exists {{ relation.without_identifier().include(database=false) }}
  {%- endcall -%}
{%- endmacro %}

{% macro drop_schema(relation) -%}{{ return(adapter.dispatch('drop_schema', 'dbt')(relation)) }}{%- endmacro %}

{% macro default__drop_schema(relation) -%}
  {%- call statement('drop_schema') -%}
    drop schema if exists {{ relation.without_identifier() }} cascade
  {%- endcall -%}
{%- endmacro %}

{% macro postgres__drop_schema(relation) -%}
  {%- call statement('drop_schema') -%}
    drop schema if exists {{ relation.without_identifier().include(database=false) }} cascade
  {%- endcall -%}
{%- endmacro %}

{# Indexes: a list of columns and whether they are unique, named by what they are. #}
{% macro create_indexes(relation) -%}{{ return(adapter.dispatch('create_indexes', 'dbt')(relation)) }}{%- endmacro %}

{% macro default__create_indexes(relation) -%}
  {%- for index in config.get('indexes', default=[]) -%}
    {%- set code = get_create_index_sql(relation, index) -%}
    {%- if code -%}{%- do run_query(code) -%}{%- endif -%}
  {%- endfor -%}
{%- endmacro %}

{% macro get_create_index_sql(relation, index_dict) -%}
  {{ return(adapter.dispatch('get_create_index_sql', 'dbt')(relation, index_dict)) }}
{%- endmacro %}

{% macro default__get_create_index_sql(relation, index_dict) -%}
  {%- set unique = index_dict.get('unique', false) -%}
  {%- set method = index_dict.get('type') -%}
  {%- set parts = index_dict['columns'] + [relation.render(), unique | string, run_started_at.isoformat()] -%}
  create {{ 'unique ' if unique }}index if not exists "{{ local_md5(parts | join('_')) }}" on {{ relation }}
  {{ 'using ' ~ method if method and target.type == 'postgres' }} ({{ index_dict['columns'] | join(', ') }})
{%- endmacro %}

{% macro get_show_indexes_sql(relation) -%}
  {{ return(adapter.dispatch('get_show_indexes_sql', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__get_show_indexes_sql(relation) -%}
  select index_name as name from duckdb_indexes()
  where schema_name = '{{ relation.schema }}' and table_name = '{{ relation.identifier }}'
{%- endmacro %}

{% macro postgres__get_show_indexes_sql(relation) -%}
  select indexname as name from pg_indexes
  where schemaname = '{{ relation.schema }}' and tablename = '{{ relation.identifier }}'
{%- endmacro %}

{# DuckDB renames no table that has indexes. #}
{% macro drop_indexes_on_relation(relation) -%}
  {{ return(adapter.dispatch('drop_indexes_on_relation', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__drop_indexes_on_relation(relation) -%}{%- endmacro %}

{% macro duckdb__drop_indexes_on_relation(relation) -%}
  {%- for row in run_query(get_show_indexes_sql(relation)).rows -%}
    {%- call statement(auto_begin=false) -%}
      drop index "{{ relation.database }}"."{{ relation.schema }}"."{{ row[0] }}"
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}
