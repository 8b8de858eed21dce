-- depends_on: {{ ref('base') }}
{% set query %}select id, name, amount, day from {{ ref('base') }} order by id{% endset %}
{% set table = run_query(query) %}
{% if execute %}
-- {{ table.column_names | list }} {{ table.columns[0].values() | list }} {{ table.columns['name'].values() | list }} {{ table.rows | length }}
-- {{ table.rows[0]['amount'] }} {{ table.rows[0][3] }} {{ table.rows[1].values() | list }} {{ table.rows[0].dict() }}
{% for row in table %}-- {{ row.id }} {{ row[1] }}
{% endfor %}
-- {{ table.exclude(['day']).column_names | list }} {{ table.rename(['a', 'b', 'c', 'd']).column_names | list }} {{ table.limit(1).rows | length }} {{ table.where(keeps_first).rows | length if keeps_first is defined }}
{% set columns = adapter.get_columns_in_relation(ref('base')) %}
-- {{ columns | map(attribute='name') | join(',') }} {{ columns | map(attribute='dtype') | join(',') }} {{ columns[2].data_type }} {{ columns[2].numeric_precision }} {{ columns[1].is_string() }} {{ columns[0].quoted }}
{% set relation = adapter.get_relation(database=this.database, schema=this.schema, identifier='base') %}
-- {{ relation }} {{ relation.type }} {{ relation.is_table }} {{ load_relation(ref('base')) is not none }} {{ adapter.get_relation(this.database, this.schema, 'nowhere') }}
-- {{ adapter.check_schema_exists(this.database, this.schema) }} {{ adapter.check_schema_exists(this.database, 'no_such_schema') }}
-- {{ adapter.get_missing_columns(ref('base'), ref('base')) }} {{ dbt_star(ref('base')) }}
{% call statement('counted', fetch_result=true) %}select count(*) as n, max(id) from {{ ref('base') }}{% endcall %}
{% set result = load_result('counted') %}
-- {{ result.data }} {{ result['table'].columns[0].name }} {{ result.response }} {{ dbt_utils_like(ref('base')) }}
{% endif %}
select 1 as id
