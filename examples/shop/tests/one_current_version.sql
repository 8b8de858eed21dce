-- Of every customer exactly one version is current, and no two hold at one moment.
select customer_id
from {{ ref('dim_customer') }}
group by customer_id
having sum(case when is_current then 1 else 0 end) <> 1
union all
select earlier.customer_id
from {{ ref('dim_customer') }} as earlier
join {{ ref('dim_customer') }} as later
    on later.customer_id = earlier.customer_id
    and later.valid_from > earlier.valid_from
    and later.valid_from < earlier.valid_to
