select '{{ var("from_project") }}' as of_project, '{{ var("from_line", "default") }}' as of_line, '{{ var("scoped") }}' as scoped,
  {{ var('nested')['a'] }} as nested, '{{ env_var("FIXTURE_SCHEMA", "unset") }}' as of_environment,
  '{{ var('late') }}' as late, {{ var('batch') | int + 1 }} as batch
{% if var('demand', false) %}, '{{ var("never_set") }}' as missing{% endif %}
