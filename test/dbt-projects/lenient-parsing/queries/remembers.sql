{% do context.update({'remembered': {'word': 'yes'}}) %}
select id, '{{ helpers.remembered() }}' as here, '{{ render("{{ helpers.remembered() }}") }}' as rendered
from {{ ref('numbers') }}
