select {% for type in [dbt.type_bigint(), dbt.type_boolean(), dbt.type_float(), dbt.type_int(), dbt.type_numeric(), dbt.type_string(), dbt.type_timestamp()] -%}
null::{{ type }} as c{{ loop.index }}{{ ', ' if not loop.last }}
{%- endfor %}
