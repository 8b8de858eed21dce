select in_both, scoped, only_one from {{ ref('inner') }}
