select i.id, t.price from {{ ref('inferred') }} as i join {{ ref('typed') }} as t using (id)
