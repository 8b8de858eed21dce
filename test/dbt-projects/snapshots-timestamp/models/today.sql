select id, part, name, changed_at from {{ ref('people') }} where day = {{ var('day') }}
