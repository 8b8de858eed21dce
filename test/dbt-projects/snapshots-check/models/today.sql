{{ config(materialized='table') }}
{% if var('day') == 1 %}
select * from (values (1, 'a', 1.5), (2, 'b', null), (3, 'c', 3)) as t(id, name, amount)
{% elif var('day') == 2 %}
select * from (values (1, 'a', 2.5), (2, 'b', 2), (4, 'd', 4)) as t(id, name, amount)
{% else %}
select *, 'new' as more from (values (1, 'z', 2.5), (2, 'b', 2), (3, 'c', 3)) as t(id, name, amount)
{% endif %}
