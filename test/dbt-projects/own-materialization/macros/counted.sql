{% materialization counted, adapter='duckdb' %}
  {%- set relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {{ run_hooks(pre_hooks, inside_transaction=False) }}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% if existing is none or should_full_refresh() %}
    {% if existing is not none %}{{ adapter.drop_relation(existing) }}{% endif %}
    {% call statement('main') %}create table {{ relation }} as (select {{ config.require('begin_at') }} as run, * from ({{ sql }})){% endcall %}
  {% else %}
    {% call statement('last', fetch_result=true) %}select max(run) from {{ relation }}{% endcall %}
    {% set last = load_result('last')['data'][0][0] %}
    {% call statement('main') -%}
      insert into {{ relation }} select {{ last + 1 }}, * from ({{ compiled_code }})
    {%- endcall %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ run_hooks(post_hooks, inside_transaction=False) }}
  {% do persist_docs(relation, model) %}
  {{ return({'relations': [relation]}) }}
{% endmaterialization %}

{% materialization nothing, default, supported_languages=['sql'] %}
  {{ store_raw_result(name='main', message='DID NOTHING', code='NOTHING', rows_affected=7) }}
  {{ return({'relations': []}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
  {% set target_relation = this.incorporate(type='view') %}
  {% call statement('main') %}create or replace view {{ target_relation }} as ({{ sql }}){% endcall %}
  {% do run_query("comment on view " ~ target_relation ~ " is 'made by the project'") %}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
