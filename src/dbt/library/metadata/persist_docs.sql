{# Descriptions in the warehouse: comments on relations and columns. #}

{% macro persist_docs(relation, model, for_relation=true, for_columns=true) -%}
  {{ return(adapter.dispatch('persist_docs', 'dbt')(relation, model, for_relation, for_columns)) }}
{%- endmacro %}

{% macro default__persist_docs(relation, model, for_relation, for_columns) -%}
  {%- set asked = config.get('persist_docs') or {} -%}
  {%- if for_relation and asked.get('relation') and model.description -%}
    {%- do run_query(alter_relation_comment(relation, model.description)) -%}
  {%- endif -%}
  {%- if for_columns and asked.get('columns') and model.columns -%}
    {%- set present = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
    {%- set code = alter_column_comment(relation, validate_doc_columns(relation, model.columns, present)) | trim -%}
    {%- if code -%}{%- do run_query(code) -%}{%- endif -%}
  {%- endif -%}
{%- endmacro %}

{# Those of the described columns that the relation has; the others are warned of. #}
{% macro validate_doc_columns(relation, column_dict, existing_column_names) -%}
  {%- set folded = existing_column_names | map('lower') | list -%}
  {%- set found = {} -%}
  {%- set missing = [] -%}
  {%- for name, column in column_dict.items() -%}
    {%- if name in existing_column_names or (name | lower in folded and not column.get('quote')) -%}
      {%- do found.update({name: column}) -%}
    {%- else -%}
      {%- do missing.append(name) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if missing -%}
    {%- do exceptions.warn(relation.render() ~ ' has no column ' ~ missing | join(', ') ~ ', which is described.') -%}
  {%- endif -%}
  {{ return(found) }}
{%- endmacro %}

{% macro alter_relation_comment(relation, relation_comment) -%}
  {{ return(adapter.dispatch('alter_relation_comment', 'dbt')(relation, relation_comment)) }}
{%- endmacro %}

{% macro default__alter_relation_comment(relation, relation_comment) -%}
  comment on {{ relation.type | replace('_', ' ') }} {{ relation }} is {{ comment_literal(relation_comment) }};
{%- endmacro %}

{% macro alter_column_comment(relation, column_dict) -%}
  {{ return(adapter.dispatch('alter_column_comment', 'dbt')(relation, column_dict)) }}
{%- endmacro %}

{% macro default__alter_column_comment(relation, column_dict) -%}
  {%- set present = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
  {%- set folded = present | map('lower') | list -%}
  {%- for name, column in column_dict.items() if name in present or (name | lower in folded and not column.get('quote')) -%}
    comment on column {{ relation }}.{{ adapter.quote(name) if column.get('quote') else name }} is {{ comment_literal(column.get('description') or '') }};
  {% endfor -%}
{%- endmacro %}

{% macro comment_literal(comment) -%}
  {%- if comment is not string -%}
    {%- do exceptions.raise_compiler_error('A comment must be a text, and not ' ~ comment ~ '.') -%}
  {%- endif -%}
  '{{ comment | replace("'", "''") }}'
{%- endmacro %}
