-- scan
select
  count(*) - count("delay") as c0,
  count(*) as c1,
  coalesce(count_if(not ("status" in ('on time', 'late', 'won''t fly'))), 0) as c2,
  coalesce(count_if(not ("code" is null)), 0) as c3,
  coalesce(count_if(not ("delay" >= (-120) and "delay" <= 2000)), 0) as c4,
  coalesce(count_if(not ("distance" > 0)), 0) as c5,
  coalesce(count_if(not true), 0) as c6,
  coalesce(count_if(not (regexp_matches("origin", '^[A-Z]{3}$'))), 0) as c7,
  coalesce(count_if(not (origin <> destination -- never a round trip
)), 0) as c8,
  case when isfinite(cast(max("flown_at") as TIMESTAMP WITH TIME ZONE)) then cast(extract(epoch from cast(max("flown_at") as TIMESTAMP WITH TIME ZONE)) as double precision) when cast(max("flown_at") as TIMESTAMP WITH TIME ZONE) > '2000-01-01' then 1e300 when cast(max("flown_at") as TIMESTAMP WITH TIME ZONE) is not null then -1e300 end as c9
from "main"."flights";

-- values
select
  count(distinct "status") filter (where not ("status" in ('on time', 'late', 'won''t fly'))) as c0
from "main"."flights";

-- values
select
  count(distinct "code") filter (where not ("code" is null)) as c0
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
