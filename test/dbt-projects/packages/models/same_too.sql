select * from {{ ref('inner_package', 'same') }} union all select letter from {{ ref('letters') }}
