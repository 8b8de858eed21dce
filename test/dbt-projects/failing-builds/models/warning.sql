{% if execute %}{{ exceptions.warn("take care") }}{% endif %}
select 1 as id
