{% macro changing() %}
{% if var('later') %}
select 2 as id, 'new' as added, null::varchar as kept
{% else %}
select 1 as id, 'old' as removed, 'kept' as kept
{% endif %}
{% endmacro %}
