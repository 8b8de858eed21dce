select * from {{ ref('changes') }} where day <= {{ var('day') }}
{% if is_incremental() %} and day > (select max(day) from {{ this }}){% endif %}
