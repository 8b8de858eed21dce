select b.* from {{ ref('b') }} as b join {{ ref('seed_one') }} using (id)
