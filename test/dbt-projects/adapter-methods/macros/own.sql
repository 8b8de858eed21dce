{% macro dbt_star(relation) %}{{ adapter.get_columns_in_relation(relation) | map(attribute='quoted') | join(', ') }}{% endmacro %}
{% macro dbt_utils_like(relation) %}{% set results = run_query('select distinct id from ' ~ relation ~ ' order by 1') %}{{ return(results.columns[0].values()) }}{% endmacro %}
