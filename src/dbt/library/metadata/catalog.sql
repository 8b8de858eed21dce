{# Relations and their columns, one row a column, as the catalogue of `docs generate` has them. #}

{% macro get_catalog(information_schema, schemas) -%}
  {{ return(adapter.dispatch('get_catalog', 'dbt')(information_schema, schemas)) }}
{%- endmacro %}

{# Every relation of some schemas. #}
{% macro default__get_catalog(information_schema, schemas) -%}
  {%- set wanted = [] -%}
  {%- for schema in schemas -%}{%- do wanted.append({'schema': schema}) -%}{%- endfor -%}
  {{ return(get_catalog_relations(information_schema, wanted)) }}
{%- endmacro %}

{# Some relations; those without an identifier stand for their whole schema. #}
{% macro get_catalog_relations(information_schema, relations) -%}
  {{ return(adapter.dispatch('get_catalog_relations', 'dbt')(information_schema, relations)) }}
{%- endmacro %}

{% macro catalog_condition(relations, schema_column, name_column) -%}
  {%- if not relations -%}false{%- endif -%}
  {%- for relation in relations -%}
    {%- if not relation.schema -%}
      {%- do exceptions.raise_compiler_error('Every relation that the catalogue is asked for needs a schema.') -%}
    {%- endif -%}
    {{ '(' if loop.first else ' or ' }}lower({{ schema_column }}) = lower({{ name_literal(relation.schema) }})
    {%- if relation.identifier %} and lower({{ name_column }}) = lower({{ name_literal(relation.identifier) }}){% endif -%}
    {{ ')' if loop.last }}
  {%- endfor -%}
{%- endmacro %}

{# A name as a text in SQL. #}
{% macro name_literal(name) -%}'{{ name | string | replace("'", "''") }}'{%- endmacro %}
