{# Postgres sees one database from each connection. #}
{% macro postgres_require_database(database) -%}
  {%- if database and database | lower != target.database | lower -%}
    {%- do exceptions.raise_compiler_error(
      'Postgres reaches the database ' ~ target.database ~ ' here, and cannot reach ' ~ database ~ '.'
    ) -%}
  {%- endif -%}
{%- endmacro %}

{% macro postgres__information_schema_name(database) -%}
  {%- do postgres_require_database(database) -%}
  information_schema
{%- endmacro %}

{% macro postgres__list_schemas(database) -%}
  {%- do postgres_require_database(database) -%}
  {%- call statement('list_schemas', fetch_result=true, auto_begin=false) -%}
    select nspname from pg_catalog.pg_namespace
  {%- endcall -%}
  {{ return(load_result('list_schemas').table) }}
{%- endmacro %}

{% macro postgres__check_schema_exists(information_schema, schema) -%}
  {%- do postgres_require_database(information_schema.database) -%}
  {%- call statement('check_schema_exists', fetch_result=true, auto_begin=false) -%}
    select count(*) from pg_catalog.pg_namespace where nspname = {{ name_literal(schema) }}
  {%- endcall -%}
  {{ return(load_result('check_schema_exists').table) }}
{%- endmacro %}

{% macro postgres__list_relations_without_caching(schema_relation) -%}
  {%- call statement('list_relations_without_caching', fetch_result=true) -%}
    select
      {{ name_literal(schema_relation.database) }} as database,
      c.relname as name,
      n.nspname as schema,
      case c.relkind when 'v' then 'view' when 'm' then 'materialized_view' else 'table' end as type
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm')
      and lower(n.nspname) = lower({{ name_literal(schema_relation.schema) }})
  {%- endcall -%}
  {{ return(load_result('list_relations_without_caching').table) }}
{%- endmacro %}

{# A view depends on what it reads through the rule that rewrites it. #}
{% macro postgres__get_relations() -%}
  {%- call statement('relations', fetch_result=true) -%}
    select distinct
      reader_schema.nspname as dependent_schema,
      reader.relname as dependent_name,
      source_schema.nspname as referenced_schema,
      source.relname as referenced_name
    from pg_catalog.pg_rewrite as rule
    join pg_catalog.pg_depend as needs
      on needs.classid = 'pg_rewrite'::regclass and needs.objid = rule.oid
      and needs.refclassid = 'pg_class'::regclass and needs.refobjid <> rule.ev_class
    join pg_catalog.pg_class as reader on reader.oid = rule.ev_class
    join pg_catalog.pg_namespace as reader_schema on reader_schema.oid = reader.relnamespace
    join pg_catalog.pg_class as source on source.oid = needs.refobjid
    join pg_catalog.pg_namespace as source_schema on source_schema.oid = source.relnamespace
    where source_schema.nspname <> 'information_schema' and source_schema.nspname not like 'pg\_%'
    order by 1, 2, 3, 4
  {%- endcall -%}
  {{ return(load_result('relations').table) }}
{%- endmacro %}

{% macro postgres_get_relations() -%}{{ return(postgres__get_relations()) }}{%- endmacro %}
