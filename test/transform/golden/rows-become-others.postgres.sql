-- country: country
-- orders: nothing
-- last: placed

(with _ww_all as materialized (select *
from (select "id", "Email", "country", "amount", "placed", "tags", _ww_row, _ww_piece, _ww_added, coalesce(max(case when _ww_fate not in ('filtered', 'duplicate') then _ww_fate end) over (partition by _ww_row), _ww_fate) as _ww_fate
from (select s."id", s."Email", s."country", s."amount", s."placed", case when (u.value #>> '{}') is not null then u.value end as "tags", s._ww_row, cast(coalesce(u.ordinal, 1) as bigint) as _ww_piece, cast(case when coalesce(u.ordinal, 1) = 1 then 0 else 1 end as bigint) as _ww_added, coalesce(s._ww_fate, null) as _ww_fate
from (select *
from (select "id", "Email", "country", "amount", "placed", "tags", _ww_row, case when "tags" is not null and not coalesce(case when pg_input_is_valid(("tags")::text, 'json') and position(E'\\u0000' in ("tags")::text) = 0 then json_typeof(("tags")::text::json) = 'array' end, false) then 'column tags is no JSON array' end as _ww_fate from landed as _ww_judged) as _ww_whole) as s left join lateral (select value, ordinality as ordinal from json_array_elements((case when s._ww_fate is null and coalesce(case when pg_input_is_valid((s."tags")::text, 'json') and position(E'\\u0000' in (s."tags")::text) = 0 then json_typeof((s."tags")::text::json) = 'array' end, false) then s."tags" end)::text::json) with ordinality) as u on true) as _ww_records) as _ww_unfolded)
select "country", (count(*)) as "orders", (max(placed)) as "last", min(_ww_row) as _ww_row, cast(1 as bigint) as _ww_piece, cast(sum(_ww_added) as bigint) as _ww_added, cast(count(*) - 1 as bigint) as _ww_folded, cast(null as text) as _ww_fate from _ww_all where _ww_fate is null group by "country" having count(*) > 0
union all select "country", null as "orders", null as "last", _ww_row, _ww_piece, _ww_added, cast(null as bigint) as _ww_folded, _ww_fate from _ww_all where _ww_fate is not null)
