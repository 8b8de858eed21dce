-- a comment before
select two.id, one.word from {{ ref('two') }} as two join {{ ref('one') }} as one using (id)
