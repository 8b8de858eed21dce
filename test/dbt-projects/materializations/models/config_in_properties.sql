select count(*) as n from {{ ref('config_in_file') }}
