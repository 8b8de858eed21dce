-- id: id
-- email: Email
-- country: country
-- amount: amount
-- placed: placed
-- gross: amount
-- country_name: ref.countries.name

(select "id", "email", "country", "amount", "placed", "gross", "country_name", _ww_row, _ww_fate
from (select "id", "email", "country", "amount", "placed", "tags", "gross", "country_name", _ww_row, _ww_fate
from (select "id", "email", "country", "amount", "placed", "tags", "gross", "country_name", "_ww_found", _ww_row, coalesce(_ww_fate, case when "_ww_found" > 1 then '_ww_holds: the lookup in ref.countries finds several rows for one key' when "_ww_found" is null then 'the lookup in ref.countries finds nothing' end) as _ww_fate
from (select s."id", s."email", s."country", s."amount", s."placed", s."tags", s."gross", s._ww_row, s._ww_fate, l.v0 as "country_name", l.n as "_ww_found"
from (select "id", "email", "country", "amount", "placed", "tags", "gross", _ww_row, coalesce(_ww_fate, case when _ww_fate is not null then null when (gross > 0) then null else 'filtered' end) as _ww_fate
from (select "id", "email", "country", "amount", "placed", "tags", case when _ww_fate is null then (amount * 1.25) end as "gross", _ww_row, _ww_fate
from (select "id", "email", upper("country") as "country", "amount", "placed", "tags", _ww_row, _ww_fate
from (select "id", lower("email") as "email", "country", "amount", "placed", "tags", _ww_row, _ww_fate
from (select "id" as "id", "Email" as "email", "country" as "country", "amount" as "amount", "placed" as "placed", "tags" as "tags", _ww_row, _ww_fate
from (select "id", "Email", "country", (select case when pg_input_is_valid(v, 'numeric(10,2)') then case when v::numeric = v::numeric(10,2) and v::numeric <> 'NaN' then v::numeric(10,2) end end
from (select ("amount")::text as v offset 0) as waterworks_value) as "amount", "placed", "tags", _ww_row, _ww_fate
from (select "id", "Email", "country", "amount", "placed", "tags", _ww_row, case when "amount" is not null and (select case when pg_input_is_valid(v, 'numeric(10,2)') then case when v::numeric = v::numeric(10,2) and v::numeric <> 'NaN' then v::numeric(10,2) end end
from (select ("amount")::text as v offset 0) as waterworks_value) is null then 'column amount: cannot be read as numeric(10,2)' end as _ww_fate
from (select "id", "Email", "country", case when cast("amount" as text) in ('n/a', '') then null else "amount" end as "amount", "placed", "tags", _ww_row
from (select "id", trim("Email", '	
                  　﻿') as "Email", trim("country", '	
                  　﻿') as "country", trim("amount", '	
                  　﻿') as "amount", "placed", "tags", _ww_row from landed as _ww_stage) as _ww_stage) as _ww_judged) as _ww_stage) as _ww_stage) as _ww_stage) as _ww_stage) as _ww_stage) as _ww_judged) as s
left join (select "code" as k0, any_value("name") as v0, count(*) as n from "ref"."countries" where "code" is not null group by "code") as l on l.k0 = s."country") as _ww_judged) as _ww_stage) as _ww_stage)
