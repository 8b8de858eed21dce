-- not_null_delay, accepted_values_status, accepted_values_code, accepted_range_delay, accepted_range_distance, accepted_range_distance, matches_origin, expression_origin_destination_never_a_round_trip, recency_flown_at, row_count, row_count
select
  count(*) - count("delay") as c0,
  count(distinct "status") filter (where not ("status" is null or "status" in ('on time', 'late', 'won''t fly'))) as c1,
  count(*) filter (where not ("status" is null or "status" in ('on time', 'late', 'won''t fly'))) as c2,
  count(distinct "code") filter (where not ("code" is null or false)) as c3,
  count(*) filter (where not ("code" is null or false)) as c4,
  count(*) filter (where not ("delay" is null or ("delay" >= (-120) and "delay" <= 2000))) as c5,
  count(*) filter (where not ("distance" is null or ("distance" > 0))) as c6,
  count(*) filter (where not ("distance" is null or true)) as c7,
  count(*) filter (where not ("origin" is null or regexp_matches("origin", '^[A-Z]{3}$'))) as c8,
  count(*) filter (where not coalesce((origin <> destination -- never a round trip
), true)) as c9,
  case when max("flown_at") is null then 2 when cast(max("flown_at") as TIMESTAMP WITH TIME ZONE) >= cast('2026-03-01T10:30:00.000Z' as TIMESTAMP WITH TIME ZONE) then 0 else 1 end as c10,
  count(*) as c11,
  count(*) as c12
from "main"."flights";

-- unique_flight_id
select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where "flight_id" is not null group by "flight_id" having count(*) > 1) as repeated;

-- unique_flown_at_tail_no
select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where "flown_at" is not null and "Tail ""No""" is not null group by "flown_at", "Tail ""No""" having count(*) > 1) as repeated;

-- relationships_origin__airports_iata
select
  count(*) as c0
from (select "origin" from "main"."flights" where "origin" is not null) as child where not exists (select 1 from "raw"."airports" as parent where parent."iata" = child."origin");

-- sql
select
  count(*) as c0
from (
select * from flights where delay > 10000
) as failing;
