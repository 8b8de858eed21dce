{% materialization incremental, default %}
  {%- set existing = load_cached_relation(this) -%}
  {%- set target_relation = this.incorporate(type='table') -%}
  {%- do check_layout(target_relation) -%}
  {%- set temp_relation = make_temp_relation(target_relation) -%}
  {%- set built = make_intermediate_relation(target_relation) -%}
  {%- set backup = make_backup_relation(target_relation, existing.type if existing else 'table') -%}
  {%- set rebuilds = existing is none or should_full_refresh() or not existing.is_table -%}
  {%- set on_schema_change = incremental_validate_on_schema_change(config.get('on_schema_change'), default='ignore') -%}
  {%- do drop_relation_if_exists(load_cached_relation(built)) -%}
  {%- do drop_relation_if_exists(load_cached_relation(backup)) -%}

  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}

  {%- if existing is none -%}
    {%- set build_sql = get_create_table_as_sql(false, target_relation, sql) -%}
  {%- elif rebuilds -%}
    {%- set build_sql = get_create_table_as_sql(false, built, sql) -%}
  {%- else -%}
    {%- do run_query(get_create_table_as_sql(true, temp_relation, sql)) -%}
    {%- set contract = config.get('contract') -%}
    {%- if not contract or not contract.enforced -%}
      {%- do adapter.expand_target_column_types(from_relation=temp_relation, to_relation=target_relation) -%}
    {%- endif -%}
    {%- set columns = process_schema_changes(on_schema_change, temp_relation, existing) -%}
    {%- set strategy = adapter.get_incremental_strategy_macro(context, config.get('incremental_strategy') or 'default') -%}
    {%- set build_sql = strategy({
      'target_relation': target_relation,
      'temp_relation': temp_relation,
      'unique_key': config.get('unique_key'),
      'dest_columns': columns or adapter.get_columns_in_relation(existing),
      'incremental_predicates': config.get('predicates') or config.get('incremental_predicates')
    }) -%}
  {%- endif -%}
  {%- call statement('main') -%}{{ build_sql }}{%- endcall -%}

  {%- if existing is not none and rebuilds -%}
    {%- do put_in_place(built, target_relation, existing, backup) -%}
  {%- endif -%}
  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(existing, rebuilds)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if rebuilds -%}{%- do create_indexes(target_relation) -%}{%- endif -%}

  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do adapter.commit() -%}

  {%- if existing is not none -%}
    {%- do adapter.drop_relation(backup.incorporate(type=existing.type) if rebuilds else temp_relation) -%}
  {%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
