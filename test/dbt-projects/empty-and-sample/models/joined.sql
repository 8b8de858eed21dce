select e.id from {{ ref('events') }} e join {{ source('made', 'events') }} as s using (id) where s.id > 1
