-- country: country
-- orders: nothing
-- last: placed

(with _ww_all as materialized (select *
from (select "id", "Email", "country", "amount", "placed", "tags", _ww_row, _ww_piece, _ww_added, coalesce(max(case when _ww_fate not in ('filtered', 'duplicate') then _ww_fate end) over (partition by _ww_row), _ww_fate) as _ww_fate
from (select s."id", s."Email", s."country", s."amount", s."placed", case when (u.value ->> '$') is not null then u.value end as "tags", s._ww_row, cast(coalesce(u.ordinal, 1) as BIGINT) as _ww_piece, cast(case when coalesce(u.ordinal, 1) = 1 then 0 else 1 end as BIGINT) as _ww_added, coalesce(s._ww_fate, null) as _ww_fate
from (select *
from (select "id", "Email", "country", "amount", "placed", "tags", _ww_row, case when "tags" is not null and not coalesce(case when json_valid(("tags")::VARCHAR) then json_type(("tags")::VARCHAR) = 'ARRAY' end, false) then 'column tags is no JSON array' end as _ww_fate from landed as _ww_judged) as _ww_whole) as s left join lateral (select value, cast(key as BIGINT) + 1 as ordinal from json_each((case when s._ww_fate is null and coalesce(case when json_valid((s."tags")::VARCHAR) then json_type((s."tags")::VARCHAR) = 'ARRAY' end, false) then s."tags" end)::JSON)) as u on true) as _ww_records) as _ww_unfolded)
select "country", (count(*)) as "orders", (max(placed)) as "last", min(_ww_row) as _ww_row, cast(1 as BIGINT) as _ww_piece, cast(sum(_ww_added) as BIGINT) as _ww_added, cast(count(*) - 1 as BIGINT) as _ww_folded, cast(null as VARCHAR) as _ww_fate from _ww_all where _ww_fate is null group by "country" having count(*) > 0
union all select "country", null as "orders", null as "last", _ww_row, _ww_piece, _ww_added, cast(null as BIGINT) as _ww_folded, _ww_fate from _ww_all where _ww_fate is not null)
