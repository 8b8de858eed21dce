{% macro snapshot_by_length_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) %}
  {% set changed %}length({{ snapshotted_rel }}.name) <> length({{ current_rel }}.name) or {{ snapshotted_rel }}.name > {{ current_rel }}.name{% endset %}
  {% do return({
    'unique_key': model_config['unique_key'],
    'updated_at': snapshot_get_time(),
    'row_changed': changed,
    'scd_id': snapshot_hash_arguments([model_config['unique_key'], snapshot_get_time()]),
    'invalidate_hard_deletes': false,
    'hard_deletes': 'ignore'
  }) %}
{% endmacro %}
