{# dbt-duckdb's: the rows are written to a file, and a view reads it. #}
{% materialization external, adapter='duckdb', supported_languages=['sql'] %}
  {%- set location = render(config.get('location', default=external_location(this, config))) -%}
  {%- set options = render_write_options(config) -%}
  {%- set write_options = adapter.external_write_options(location, options) -%}
  {%- set given = config.get('format') -%}
  {%- if given and given not in ['csv', 'parquet', 'json'] -%}
    {%- do exceptions.raise_compiler_error('An external model cannot have the format ' ~ given ~ '. There are csv, parquet and json.') -%}
  {%- endif -%}
  {%- set ending = location.split('.') | last | lower -%}
  {%- set format = given or (ending if ending in ['csv', 'json'] else 'parquet') -%}
  {%- set read_location = adapter.external_read_location(location, options) -%}
  {%- set read_options = config.get(format ~ '_read_options', {'union_by_name': false} if format == 'parquet' else {'auto_detect': true}) -%}

  {%- set existing = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set rows = make_temp_relation(this.incorporate(type='table')) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}

  {%- call statement('create_table') -%}{{ create_table_as(true, rows, sql) }}{%- endcall -%}
  {%- set is_empty = run_query('select count(*) as row_count from ' ~ rows).rows[0][0] == 0 -%}
  {%- if is_empty -%}
    {# A file of no rows has no types: one row of nulls stands for them, and the view leaves it out. #}
    {%- set nulls = [] -%}
    {%- for column in adapter.get_columns_in_relation(rows) -%}{%- do nulls.append('null') -%}{%- endfor -%}
    {%- do run_query('insert into ' ~ rows ~ ' values (' ~ (nulls | join(', ')) ~ ')') -%}
  {%- endif -%}
  {%- do write_to_file(rows, location, write_options) -%}

  {%- if existing is not none and not existing.is_view -%}{%- do adapter.drop_relation(existing) -%}{%- endif -%}
  {%- call statement('main') -%}
    create or replace view {{ target_relation }} as (
      select * from read_{{ format }}('{{ read_location }}'
      {%- for key, value in read_options.items() -%}, {{ key }}={{ "'" ~ value ~ "'" if value is string else value }}{%- endfor -%})
      {{ 'where false' if is_empty }}
    )
  {%- endcall -%}
  {%- do adapter.drop_relation(rows) -%}

  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, full_refresh_mode=true)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro external_location(relation, config) -%}
  {%- set options = config.get('options', {}) -%}
  {%- if options.get('partition_by') is none -%}
    {{- adapter.external_root() }}/{{ relation.identifier }}.{{ config.get('format', 'parquet') }}
  {%- else -%}
    {{- adapter.external_root() }}/{{ relation.identifier }}
  {%- endif -%}
{%- endmacro %}

{% macro render_write_options(config) -%}
  {%- set options = config.get('options', {}) -%}
  {%- if options is not mapping -%}
    {%- do exceptions.raise_compiler_error('The options of an external model are a mapping.') -%}
  {%- endif -%}
  {%- set rendered = {} -%}
  {%- for key, value in options.items() -%}{%- do rendered.update({key: render(value)}) -%}{%- endfor -%}
  {%- for key in ['format', 'delimiter'] if config.get(key) -%}
    {%- do rendered.update({key: render(config.get(key))}) -%}
  {%- endfor -%}
  {{ return(rendered) }}
{%- endmacro %}

{% macro write_to_file(relation, location, options) -%}
  {%- call statement('write_to_file') -%}copy {{ relation }} to '{{ location }}' ({{ options }}){%- endcall -%}
{%- endmacro %}

{% macro location_exists(location) -%}{{ return(adapter.location_exists(location)) }}{%- endmacro %}

{# For on-run-start: views over the files of external models that this run reads and does not build. #}
{% macro register_upstream_external_models() -%}
  {%- if execute -%}
    {%- set done = [] -%}
    {%- for id in selected_resources if id in graph.nodes -%}
      {%- for parent in graph.nodes[id].depends_on.nodes if parent not in selected_resources and parent not in done -%}
        {%- do done.append(parent) -%}
        {%- set node = graph.nodes.get(parent) -%}
        {%- if node and node.resource_type == 'model' and node.config.materialized == 'external' -%}
          {%- set relation = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) -%}
          {%- set location = render(node.config.get('location') or external_location(relation, node.config)) -%}
          {%- set read_location = adapter.external_read_location(location, render_write_options(node.config)) -%}
          {%- do adapter.create_schema(relation) -%}
          {%- call statement() -%}
            create or replace view {{ relation }} as (select * from '{{ read_location }}')
          {%- endcall -%}
        {%- endif -%}
      {%- endfor -%}
    {%- endfor -%}
    {%- do adapter.commit() -%}
  {%- endif -%}
{%- endmacro %}

{# dbt-duckdb's: a macro of the engine that is read like a table. #}
{% materialization table_function, adapter='duckdb' %}
  {%- set target_relation = this.incorporate(type='view') -%}
  {%- set parameters = config.get('parameters') -%}
  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}
  {%- call statement('main') -%}
    create or replace function {{ target_relation.render() }}(
      {{- parameters if parameters is string or parameters is number else (parameters or []) | join(', ') -}}
    ) as table (
      {{ sql }}
    )
  {%- endcall -%}
  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
