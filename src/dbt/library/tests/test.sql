{# Counts the rows that fail, and keeps them where that is asked for. #}
{% materialization test, default %}
  {%- set relations = [] -%}
  {%- set limited = get_limit_subquery_sql(sql, config.get('limit')) -%}
  {%- if should_store_failures() -%}
    {%- set kind = config.get('store_failures_as') or 'table' -%}
    {%- if kind not in ['table', 'view'] -%}
      {%- do exceptions.raise_compiler_error(
        'store_failures_as cannot be "' ~ kind ~ '". There are ephemeral, table and view.'
      ) -%}
    {%- endif -%}
    {%- set name = model['alias'] -%}
    {%- set old = adapter.get_relation(database=database, schema=schema, identifier=name) -%}
    {%- set kept = api.Relation.create(identifier=name, schema=schema, database=database, type=kind) -%}
    {%- do drop_relation_if_exists(old) -%}
    {%- call statement(auto_begin=true) -%}{{ get_create_sql(kept, limited) }}{%- endcall -%}
    {%- do relations.append(kept) -%}
    {%- set failing = 'select * from ' ~ kept -%}
    {%- do adapter.commit() -%}
  {%- else -%}
    {%- set failing = limited -%}
  {%- endif -%}
  {%- call statement('main', fetch_result=true) -%}
    {{ get_test_sql(failing, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=none) }}
  {%- endcall -%}
  {{ return({'relations': relations}) }}
{% endmaterialization %}
