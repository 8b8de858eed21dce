select a.id from {{ ref('a') }} as a join {{ ref('b') }} as b using (id) where false
