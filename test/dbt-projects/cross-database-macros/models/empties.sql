{% set subquery = "select 1 as id" %}
-- {{ get_columns_in_query('select 1 as a, 2 as b') | join(' ') if execute }}
select * from ({{ dbt.get_limit_subquery_sql('select 1 as id', 1) if dbt.get_limit_subquery_sql is defined else subquery }})
