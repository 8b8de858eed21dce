select o.id, o.amount * p.price * {{ var('rate') }} as total, {{ shown_today() }} as today, '{{ env_var("UNIT_PLACE", "here") }}' as place
from {{ ref('between') }} as o left join {{ ref('prices') }} as p on p.id = o.price_id
