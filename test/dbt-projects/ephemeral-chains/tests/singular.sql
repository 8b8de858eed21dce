select * from {{ ref('three') }} where id is null
