{# Refreshed while it is there, built anew when that is asked for. #}
{% materialization materialized_view, default %}
  {%- if target.type != 'postgres' -%}
    {%- do exceptions.raise_compiler_error('There are no materialized views on ' ~ target.type ~ '. Choose a table.') -%}
  {%- endif -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='materialized_view') -%}
  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
  {%- if existing is not none and existing.is_materialized_view and not should_full_refresh() -%}
    {%- call statement('main') -%}{{ refresh_materialized_view(target_relation) }}{%- endcall -%}
  {%- else -%}
    {%- do drop_relation_if_exists(existing) -%}
    {%- call statement('main') -%}{{ get_create_materialized_view_as_sql(target_relation, sql) }}{%- endcall -%}
    {%- do create_indexes(target_relation) -%}
  {%- endif -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=true)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro get_create_materialized_view_as_sql(relation, sql) -%}
  {{ return(adapter.dispatch('get_create_materialized_view_as_sql', 'dbt')(relation, sql)) }}
{%- endmacro %}
{% macro default__get_create_materialized_view_as_sql(relation, sql) -%}
  create materialized view if not exists {{ relation }} as (
    {{ sql }}
  )
{%- endmacro %}

{% macro refresh_materialized_view(relation) -%}
  {{ return(adapter.dispatch('refresh_materialized_view', 'dbt')(relation)) }}
{%- endmacro %}
{% macro default__refresh_materialized_view(relation) -%}refresh materialized view {{ relation }}{%- endmacro %}
