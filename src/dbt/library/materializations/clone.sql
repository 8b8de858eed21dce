{# A view of the relation that stands for this node elsewhere; engines that copy tables at no cost would copy it. #}
{% materialization clone, default %}
  {%- if not defer_relation -%}
    {%- do log('There is no relation in the state for ' ~ model.unique_id ~ '.', info=true) -%}
    {{ return({'relations': []}) }}
  {%- endif -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- if existing is not none and not flags.FULL_REFRESH -%}
    {%- do log(existing ~ ' is already there.', info=true) -%}
    {{ return({'relations': []}) }}
  {%- endif -%}
  {%- set other = load_cached_relation(defer_relation) -%}
  {%- if other is not none and other.is_table and can_clone_table() -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- if existing is not none and not existing.is_table -%}{%- do adapter.drop_relation(existing) -%}{%- endif -%}
    {%- call statement('main') -%}{{ create_or_replace_clone(target_relation, defer_relation) }}{%- endcall -%}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target_relation]}) }}
  {%- endif -%}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- do drop_relation_if_exists(existing) -%}
  {%- call statement('main') -%}
    {{ get_create_view_as_sql(target_relation, 'select * from ' ~ defer_relation) }}
  {%- endcall -%}
  {%- do adapter.commit() -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro can_clone_table() -%}{{ return(adapter.dispatch('can_clone_table', 'dbt')()) }}{%- endmacro %}
{% macro default__can_clone_table() -%}{{ return(false) }}{%- endmacro %}

{% macro create_or_replace_clone(this_relation, defer_relation) -%}
  {{ return(adapter.dispatch('create_or_replace_clone', 'dbt')(this_relation, defer_relation)) }}
{%- endmacro %}
{% macro default__create_or_replace_clone(this_relation, defer_relation) -%}
  create or replace table {{ this_relation }} clone {{ defer_relation }}
{%- endmacro %}
