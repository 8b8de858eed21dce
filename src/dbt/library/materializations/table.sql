{#
  Built beside the old table and put in its place by name, so that whoever fails in between leaves the old one. The same text is
  right for a node that is gated, where all of it is one transaction, and for one that publishes at once.
#}
{% materialization table, default %}
  {%- set existing = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- do check_layout(target_relation) -%}
  {%- set built = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'table') -%}
  {%- do drop_relation_if_exists(load_cached_relation(built)) -%}
  {%- do drop_relation_if_exists(load_cached_relation(backup)) -%}

  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}

  {%- call statement('main') -%}{{ get_create_table_as_sql(false, built, sql) }}{%- endcall -%}
  {#- Hooks may have changed what is there. -#}
  {%- set replaced = load_cached_relation(this) if pre_hooks else existing -%}
  {%- do put_in_place(built, target_relation, replaced, backup) -%}
  {%- do create_indexes(target_relation) -%}

  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=true)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do adapter.commit() -%}

  {%- if replaced is not none -%}{%- do adapter.drop_relation(backup.incorporate(type=replaced.type)) -%}{%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Refuses, or warns of, a layout of the table that the database cannot give it. #}
{% macro check_layout(relation) -%}
  {%- do adapter.dispatch('check_layout', 'dbt')(relation) -%}
{%- endmacro %}

{% macro default__check_layout(relation) -%}{%- endmacro %}

{# Gives what was built the target's name; what had it before is kept under the backup's. #}
{% macro put_in_place(built, target_relation, existing, backup) -%}
  {%- if existing is not none -%}
    {%- do drop_indexes_on_relation(existing) -%}
    {%- do adapter.rename_relation(existing, backup.incorporate(type=existing.type)) -%}
  {%- endif -%}
  {%- do adapter.rename_relation(built, target_relation) -%}
{%- endmacro %}
