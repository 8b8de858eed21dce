-- scan
select
  count(*) - count("delay") as c0,
  count(*) as c1,
  count(distinct "status") filter (where not ("status" is null or "status" in ('on time', 'late', 'won''t fly'))) as c2,
  coalesce(count_if(not ("status" is null or "status" in ('on time', 'late', 'won''t fly'))), 0) as c3,
  count(distinct "code") filter (where not ("code" is null or false)) as c4,
  coalesce(count_if(not ("code" is null or false)), 0) as c5,
  coalesce(count_if(not ("delay" is null or ("delay" >= (-120) and "delay" <= 2000))), 0) as c6,
  coalesce(count_if(not ("distance" is null or ("distance" > 0))), 0) as c7,
  coalesce(count_if(not ("distance" is null or true)), 0) as c8,
  coalesce(count_if(not ("origin" is null or regexp_matches("origin", '^[A-Z]{3}$'))), 0) as c9,
  coalesce(count_if(not coalesce((origin <> destination -- never a round trip
), true)), 0) as c10,
  case when isfinite(cast(max("flown_at") as TIMESTAMP WITH TIME ZONE)) then cast(extract(epoch from cast(max("flown_at") as TIMESTAMP WITH TIME ZONE)) as double precision) when cast(max("flown_at") as TIMESTAMP WITH TIME ZONE) > '2000-01-01' then 1e300 when cast(max("flown_at") as TIMESTAMP WITH TIME ZONE) is not null then -1e300 end as c11
from "main"."flights";

-- apart
select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where "flight_id" is not null group by "flight_id" having count(*) > 1) as keyed;

-- apart
select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where "flown_at" is not null and "Tail ""No""" is not null group by "flown_at", "Tail ""No""" having count(*) > 1) as keyed;

-- apart
select
  count(*) as c0
from (select "origin" from "main"."flights" where "origin" is not null) as child where not exists (select 1 from "raw"."airports" as parent where parent."iata" = child."origin");

-- apart
select
  count(*) as c0
from (
select * from flights where delay > 10000
) as failing;
