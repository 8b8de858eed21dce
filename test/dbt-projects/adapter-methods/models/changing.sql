-- depends_on: {{ ref('base') }}
{{ config(materialized='table') }}
{% if execute %}
  {% set schema = api.Relation.create(database=target.database, schema=target.schema ~ '_side') %}
  {% do adapter.create_schema(schema) %}
  {% set side = api.Relation.create(database=target.database, schema=target.schema ~ '_side', identifier='copy', type='table') %}
  {% do adapter.drop_relation(side) %}
  {% do run_query('create table ' ~ side ~ ' as select * from ' ~ ref('base')) %}
  {% set renamed = side.incorporate(path={'identifier': 'renamed'}) %}
  {% do adapter.drop_relation(renamed) %}
  {% do adapter.rename_relation(side, renamed) %}
  {% do adapter.truncate_relation(renamed) if flags.FULL_REFRESH %}
{% endif %}
select '{{ side }}' as side, {{ 1 if load_relation(renamed) is not none else 0 }} as found
