-- id: id
-- Email: Email
-- country: country
-- amount: amount
-- placed: placed
-- tags: tags
-- place: country, placed

(select "id", "Email", "country", "amount", "placed", "tags", case when _ww_fate is null then row_number() over (partition by "country", (_ww_fate is null) order by "placed" asc nulls last, _ww_row asc) end as "place", _ww_row, _ww_fate
from (with _ww_all as materialized (select * from landed as _ww_deduped)
select a."id", a."Email", a."country", a."amount", a."placed", a."tags", a._ww_row, case when d._ww_row is not null then 'duplicate' end as _ww_fate from _ww_all as a
left join (select *
from (select _ww_row, row_number() over (partition by "id" order by "placed" desc nulls last, _ww_row desc) as _ww_rank
 from _ww_all where hash_record_extended(row("id"), 0) in (select hash_record_extended(row("id"), 0) from _ww_all group by 1 having count(*) > 1)) as _ww_ranked where _ww_rank > 1) as d on d._ww_row = a._ww_row) as _ww_stage)
