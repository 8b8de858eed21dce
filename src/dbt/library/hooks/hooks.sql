{% macro run_hooks(hooks, inside_transaction=true) %}
  {{ return(adapter.dispatch('run_hooks', 'dbt')(hooks, inside_transaction)) }}
{% endmacro %}

{% macro default__run_hooks(hooks, inside_transaction=true) %}
  {%- for hook in hooks | selectattr('transaction', 'equalto', inside_transaction) -%}
    {# What the connection did so far is committed before hooks that stand outside of the transaction. #}
    {%- if not inside_transaction and loop.first -%}
      {%- do adapter.commit() -%}
    {%- endif -%}
    {%- set code = render(hook.get('sql')) | trim -%}
    {%- if code -%}
      {%- call statement(auto_begin=inside_transaction) -%}{{ code }}{%- endcall -%}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}

{# A hook as JSON. The space around it, which dbt has as well, is seen in manifests. #}
{% macro make_hook_config(sql, inside_transaction) %}
    {{ tojson({'sql': sql, 'transaction': inside_transaction}) }}
{% endmacro %}

{% macro before_begin(sql) %}
    {{ make_hook_config(sql, inside_transaction=false) }}
{% endmacro %}

{% macro in_transaction(sql) %}
    {{ make_hook_config(sql, inside_transaction=true) }}
{% endmacro %}

{% macro after_commit(sql) %}
    {{ make_hook_config(sql, inside_transaction=false) }}
{% endmacro %}

{% macro set_sql_header(config) -%}
  {%- do config.set('sql_header', caller()) -%}
{%- endmacro %}

{# Whether the command or the node asks for everything to be built anew; the node's own word is the last. #}
{% macro should_full_refresh() %}
  {%- set own = config.get('full_refresh') -%}
  {{ return(flags.FULL_REFRESH if own is none else own) }}
{% endmacro %}

{% macro should_store_failures() %}
  {%- set own = config.get('store_failures') -%}
  {{ return(flags.STORE_FAILURES if own is none else own) }}
{% endmacro %}

{% macro is_incremental() %}
  {#- The warehouse is asked last: what is not incremental need not wait for it. -#}
  {%- if not execute or model.config.materialized != 'incremental' or should_full_refresh() -%}
    {{ return(false) }}
  {%- endif -%}
  {%- set relation = load_cached_relation(this) -%}
  {{ return(relation is not none and relation.type == 'table') }}
{% endmacro %}
