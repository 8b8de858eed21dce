{% macro postgres__get_materialized_view_configuration_changes(existing_relation, new_config) -%}
  {%- set wanted = {} -%}
  {%- for index in new_config.get('indexes') or [] -%}
    {%- set key = [index['columns'] | sort | join(','), index.get('unique', false), index.get('type') or 'btree'] | string -%}
    {%- do wanted.update({key: index}) -%}
  {%- endfor -%}
  {%- set present = {} -%}
  {%- for row in run_query(get_show_indexes_sql(existing_relation)).rows -%}
    {%- set key = [row[3].split(',') | sort | join(','), row[2], row[1]] | string -%}
    {%- do present.update({key: {'name': row[0]}}) -%}
  {%- endfor -%}
  {%- set changes = [] -%}
  {%- for key, index in present.items() if key not in wanted -%}
    {%- do changes.append({'action': 'drop', 'context': index}) -%}
  {%- endfor -%}
  {%- for key, index in wanted.items() if key not in present -%}
    {%- do changes.append({'action': 'create', 'context': index}) -%}
  {%- endfor -%}
  {{ return({'requires_full_refresh': false, 'indexes': changes} if changes else none) }}
{%- endmacro %}
