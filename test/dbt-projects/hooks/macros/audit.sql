{% macro make_audit_table() %}
  {% set sql %}create schema if not exists {{ target.schema }}; create or replace table {{ target.schema }}.audit (what varchar, about varchar);{% endset %}
  {% do run_query(sql) %}
  {% do run_query('create or replace table audit (what varchar, about varchar)') %}
  {% do adapter.commit() if false else none %}
{% endmacro %}

{% macro count_audit(label, times=1) %}
  {% set counted = run_query("select count(*) as n from audit") %}
  {{ log(label ~ ' ' ~ times, info=true) }}
  {{ return(counted.rows[0][0]) }}
{% endmacro %}

{% macro failing_operation() %}
  {{ exceptions.raise_compiler_error('on purpose') }}
{% endmacro %}

{% macro tell_results(results) %}
  {% for result in results | sort(attribute='node.unique_id') %}
    insert into audit values ('{{ result.status }}', '{{ result.node.unique_id }}');
  {% endfor %}
{% endmacro %}
