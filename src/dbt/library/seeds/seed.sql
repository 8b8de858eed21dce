{% materialization seed, default %}
  {%- set full_refresh = should_full_refresh() -%}
  {%- set old = adapter.get_relation(database=database, schema=schema, identifier=model['alias']) -%}
  {%- set table = load_agate_table() -%}
  {%- do store_result('agate_table', response='OK', agate_table=table) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}

  {%- if old is not none and not old.is_table -%}
    {%- do exceptions.raise_compiler_error('The seed cannot be loaded into ' ~ old ~ ': it is a view.') -%}
  {%- elif old is not none -%}
    {%- do reset_csv_table(model, full_refresh, old, table) -%}
  {%- else -%}
    {%- do create_csv_table(model, table) -%}
  {%- endif -%}
  {%- set rows = table.rows | length -%}
  {%- if rows > 0 -%}{%- do load_csv_rows(model, table) -%}{%- endif -%}
  {%- set code = 'CREATE' if full_refresh else 'INSERT' -%}
  {%- do noop_statement('main', code ~ ' ' ~ rows, code, rows) -%}

  {%- set target_relation = this.incorporate(type='table') -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(old, full_refresh)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if full_refresh or old is none -%}{%- do create_indexes(target_relation) -%}{%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do adapter.commit() -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{% macro create_csv_table(model, agate_table) -%}
  {{ return(adapter.dispatch('create_csv_table', 'dbt')(model, agate_table)) }}
{%- endmacro %}
{% macro default__create_csv_table(model, agate_table) -%}
  {%- set given = model['config'].get('column_types') or {} -%}
  {%- set quote = model['config'].get('quote_columns') -%}
  {%- set columns = [] -%}
  {%- for name in agate_table.column_names -%}
    {%- set type = given.get(name, adapter.convert_type(agate_table, loop.index0)) -%}
    {%- do columns.append(adapter.quote_seed_column(name, quote) ~ ' ' ~ type) -%}
  {%- endfor -%}
  {%- set code = 'create table ' ~ this.render() ~ ' (' ~ (columns | join(', ')) ~ ')' -%}
  {%- call statement('_') -%}{{ code }}{%- endcall -%}
  {{ return(code) }}
{%- endmacro %}

{% macro reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {{ return(adapter.dispatch('reset_csv_table', 'dbt')(model, full_refresh, old_relation, agate_table)) }}
{%- endmacro %}
{% macro default__reset_csv_table(model, full_refresh, old_relation, agate_table) -%}
  {%- if full_refresh -%}
    {%- do adapter.drop_relation(old_relation) -%}
    {{ return(create_csv_table(model, agate_table)) }}
  {%- endif -%}
  {%- do adapter.truncate_relation(old_relation) -%}
  {{ return('truncate table ' ~ old_relation.render()) }}
{%- endmacro %}

{% macro get_binding_char() -%}{{ return(adapter.dispatch('get_binding_char', 'dbt')()) }}{%- endmacro %}
{% macro default__get_binding_char() -%}{{ return('%s') }}{%- endmacro %}

{% macro get_batch_size() -%}{{ return(adapter.dispatch('get_batch_size', 'dbt')()) }}{%- endmacro %}
{% macro default__get_batch_size() -%}{{ return(10000) }}{%- endmacro %}

{% macro get_seed_column_quoted_csv(model, column_names) -%}
  {%- set quoted = [] -%}
  {%- for name in column_names -%}
    {%- do quoted.append(adapter.quote_seed_column(name, model['config'].get('quote_columns'))) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ')) }}
{%- endmacro %}

{% macro load_csv_rows(model, agate_table) -%}
  {{ return(adapter.dispatch('load_csv_rows', 'dbt')(model, agate_table)) }}
{%- endmacro %}

{# As many rows at a time as a statement can have parameters for: Postgres takes 65,535. #}
{% macro default__load_csv_rows(model, agate_table) -%}
  {%- set names = agate_table.column_names -%}
  {%- set columns = get_seed_column_quoted_csv(model, names) -%}
  {%- set size = [get_batch_size(), 65000 // (names | length)] | min -%}
  {%- set marks = [] -%}
  {%- for name in names -%}{%- do marks.append(get_binding_char()) -%}{%- endfor -%}
  {%- set row_marks = '(' ~ (marks | join(', ')) ~ ')' -%}
  {%- for chunk in agate_table.rows | batch(size) -%}
    {%- set bindings = [] -%}
    {%- set tuples = [] -%}
    {%- for row in chunk -%}
      {%- do bindings.extend(row) -%}
      {%- do tuples.append(row_marks) -%}
    {%- endfor -%}
    {%- do adapter.add_query(
      'insert into ' ~ this.render() ~ ' (' ~ columns ~ ') values ' ~ (tuples | join(', ')),
      bindings=bindings, abridge_sql_log=true
    ) -%}
  {%- endfor -%}
{%- endmacro %}

{# A seed's statements as one text. #}
{% macro get_csv_sql(create_or_truncate_sql, insert_sql) -%}
  {{ return(adapter.dispatch('get_csv_sql', 'dbt')(create_or_truncate_sql, insert_sql)) }}
{%- endmacro %}
{% macro default__get_csv_sql(create_or_truncate_sql, insert_sql) -%}
  {{ create_or_truncate_sql }};
  {{ insert_sql }}
{%- endmacro %}
