{% materialization view, default %}
  {%- set existing = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set built = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'view') -%}

  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do drop_relation_if_exists(load_cached_relation(built)) -%}
  {%- do drop_relation_if_exists(load_cached_relation(backup)) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}

  {%- call statement('main') -%}{{ get_create_view_as_sql(built, sql) }}{%- endcall -%}
  {#- Hooks may have changed what is there. -#}
  {%- set replaced = load_cached_relation(this) if pre_hooks else existing -%}
  {%- do put_in_place(built, target_relation, replaced, backup) -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=true)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do adapter.commit() -%}

  {%- if replaced is not none -%}{%- do adapter.drop_relation(backup.incorporate(type=replaced.type)) -%}{%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# For projects whose own view materialization calls it. #}
{% macro handle_existing_table(full_refresh, old_relation) -%}
  {%- do adapter.drop_relation(old_relation) -%}
{%- endmacro %}
