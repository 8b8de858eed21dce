{# What schemas there are, and what relations are in them. #}

{% macro information_schema_name(database) -%}
  {{ return(adapter.dispatch('information_schema_name', 'dbt')(database)) }}
{%- endmacro %}

{% macro default__information_schema_name(database) -%}
  {{ database ~ '.' if database }}INFORMATION_SCHEMA
{%- endmacro %}

{% macro list_schemas(database) -%}{{ return(adapter.dispatch('list_schemas', 'dbt')(database)) }}{%- endmacro %}

{% macro default__list_schemas(database) -%}
  {{ return(run_query(
    'select distinct schema_name from ' ~ information_schema_name(database) ~ '.SCHEMATA where catalog_name ilike '
    ~ name_literal(database)
  )) }}
{%- endmacro %}

{# A table of one number: 0 where there is no such schema. #}
{% macro check_schema_exists(information_schema, schema) -%}
  {{ return(adapter.dispatch('check_schema_exists', 'dbt')(information_schema, schema)) }}
{%- endmacro %}

{% macro default__check_schema_exists(information_schema, schema) -%}
  {%- call statement('check_schema_exists', fetch_result=true, auto_begin=false) -%}
    select count(*)
    from system.information_schema.schemata
    where lower(catalog_name) = lower({{ name_literal(information_schema.database) }})
      and lower(schema_name) = lower({{ name_literal(schema) }})
  {%- endcall -%}
  {{ return(load_result('check_schema_exists').table) }}
{%- endmacro %}

{# A table of database, name, schema and type. #}
{% macro list_relations_without_caching(schema_relation) -%}
  {{ return(adapter.dispatch('list_relations_without_caching', 'dbt')(schema_relation)) }}
{%- endmacro %}

{# Which views read which relations. #}
{% macro get_relations() -%}{{ return(adapter.dispatch('get_relations', 'dbt')()) }}{%- endmacro %}

{% macro default__get_relations() -%}
  {%- do exceptions.raise_not_implemented(adapter.type() ~ ' does not record which views read which relations.') -%}
{%- endmacro %}

{% macro get_catalog_for_single_relation(relation) -%}
  {{ return(adapter.dispatch('get_catalog_for_single_relation', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__get_catalog_for_single_relation(relation) -%}
  {%- do exceptions.raise_not_implemented('The catalogue of one relation is not there on ' ~ adapter.type() ~ '.') -%}
{%- endmacro %}

{% macro is_core_v2() -%}{{ return(dbt_version.split('.')[0] == '2') }}{%- endmacro %}
