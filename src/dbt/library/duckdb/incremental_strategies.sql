{% macro duckdb__get_incremental_default_sql(arg_dict) -%}
  {{ return(get_incremental_delete_insert_sql(arg_dict)) }}
{%- endmacro %}

{# As dbt-duckdb: clauses may be written out, conditions and expressions added, and columns matched with USING. #}
{% macro duckdb__get_merge_sql(target, source, unique_key, dest_columns, incremental_predicates=none) -%}
  {%- set header = config.get('sql_header') -%}
  {%- set using = config.get('merge_on_using_columns') or [] -%}
  {%- set included = config.get('merge_update_columns') or [] -%}
  {%- set excluded = config.get('merge_exclude_columns') or [] -%}
  {%- set expressions = config.get('merge_update_set_expressions') or {} -%}
  {%- set clauses = config.get('merge_clauses') or {} -%}
  {%- set matched = clauses.get('when_matched', [{
    'action': 'update',
    'condition': config.get('merge_update_condition'),
    'mode': 'explicit' if included or excluded or expressions else 'by_name',
    'update': {'include': included, 'exclude': excluded, 'set_expressions': expressions}
  }]) -%}
  {%- set unmatched = clauses.get('when_not_matched', [{
    'action': 'insert', 'condition': config.get('merge_insert_condition'), 'mode': 'by_name'
  }]) -%}
  {%- set returning = config.get('merge_returning_columns') -%}
  {{ header if header is not none }}
  merge into {{ target }} as DBT_INTERNAL_DEST
  using {{ source }} as DBT_INTERNAL_SOURCE
  {%- if using %}
  using ({{ using | join(', ') }})
  {%- else %}
  on ({{ merge_conditions(unique_key, incremental_predicates) | join(') and (') }})
  {%- endif %}
  {%- for clause in matched %}
  when matched{{ merge_clause_condition(clause) }} then {{ merge_clause_action(clause, dest_columns) }}
  {%- endfor %}
  {%- for clause in unmatched %}
  when not matched{{ ' by ' ~ clause['by'] if clause.get('by') }}{{ merge_clause_condition(clause) }} then {{ merge_clause_action(clause, dest_columns) }}
  {%- endfor %}
  {%- if returning %}
  returning {{ returning if returning is string else returning | join(', ') }}
  {%- endif %}
{%- endmacro %}

{# As dbt-duckdb: several keys are joined, so that a predicate has to say whose column it means. #}
{% macro duckdb__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) -%}
  {%- if unique_key is string or not unique_key -%}
    {{ default__get_delete_insert_merge_sql(target, source, unique_key, dest_columns, incremental_predicates) }}
  {%- else -%}
    {%- set matches = [] -%}
    {%- for key in unique_key -%}
      {%- do matches.append(source ~ '.' ~ key ~ ' = DBT_INCREMENTAL_TARGET.' ~ key) -%}
    {%- endfor -%}
    delete from {{ target }} as DBT_INCREMENTAL_TARGET using {{ source }}
    where {{ (matches + (incremental_predicates or [])) | join(' and ') }};
    {{ get_insert_into_sql(target, source, dest_columns) }}
  {%- endif -%}
{%- endmacro %}
