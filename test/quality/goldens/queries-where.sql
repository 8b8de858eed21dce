select
  count(*) filter (where (status = 'late' or status is null)) - count("delay") filter (where (status = 'late' or status is null)) as c0,
  count(distinct "status") filter (where not case when (status = 'late' or status is null) then ("status" is null or "status" in ('on time', 'late', 'won''t fly')) else true end) as c1,
  count(*) filter (where not case when (status = 'late' or status is null) then ("status" is null or "status" in ('on time', 'late', 'won''t fly')) else true end) as c2,
  count(distinct "code") filter (where not case when (status = 'late' or status is null) then ("code" is null or false) else true end) as c3,
  count(*) filter (where not case when (status = 'late' or status is null) then ("code" is null or false) else true end) as c4,
  count(*) filter (where not case when (status = 'late' or status is null) then ("delay" is null or ("delay" >= (-120) and "delay" <= 2000)) else true end) as c5,
  count(*) filter (where not case when (status = 'late' or status is null) then ("distance" is null or ("distance" > 0)) else true end) as c6,
  count(*) filter (where not case when (status = 'late' or status is null) then ("distance" is null or true) else true end) as c7,
  count(*) filter (where not case when (status = 'late' or status is null) then ("origin" is null or regexp_matches("origin", '^[A-Z]{3}$')) else true end) as c8,
  count(*) filter (where not case when (status = 'late' or status is null) then coalesce((origin <> destination -- never a round trip
), true) else true end) as c9,
  case when max("flown_at") filter (where (status = 'late' or status is null)) is null then 2 when cast(max("flown_at") filter (where (status = 'late' or status is null)) as TIMESTAMP WITH TIME ZONE) >= cast('2026-03-01T10:30:00.000Z' as TIMESTAMP WITH TIME ZONE) then 0 else 1 end as c10,
  count(*) filter (where (status = 'late' or status is null)) as c11,
  count(*) filter (where (status = 'late' or status is null)) as c12
from "main"."flights";

select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where (status = 'late' or status is null) and "flight_id" is not null group by "flight_id" having count(*) > 1) as repeated;

select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where (status = 'late' or status is null) and "flown_at" is not null and "Tail ""No""" is not null group by "flown_at", "Tail ""No""" having count(*) > 1) as repeated;

select
  count(*) as c0
from (select "origin" from "main"."flights" where (status = 'late' or status is null) and "origin" is not null) as child where not exists (select 1 from "raw"."airports" as parent where parent."iata" = child."origin");

select
  count(*) as c0
from (
select * from flights where delay > 10000
) as failing where (status = 'late' or status is null);
