select
  count(*) filter (where (status = 'late' or status is null)) - count("delay") filter (where (status = 'late' or status is null)) as c0,
  coalesce(count_if((status = 'late' or status is null)), 0) as c1,
  count(distinct "status") filter (where not case when (status = 'late' or status is null) then ("status" is null or "status" in ('on time', 'late', 'won''t fly')) else true end) as c2,
  coalesce(count_if(not case when (status = 'late' or status is null) then ("status" is null or "status" in ('on time', 'late', 'won''t fly')) else true end), 0) as c3,
  count(distinct "code") filter (where not case when (status = 'late' or status is null) then ("code" is null or false) else true end) as c4,
  coalesce(count_if(not case when (status = 'late' or status is null) then ("code" is null or false) else true end), 0) as c5,
  coalesce(count_if(not case when (status = 'late' or status is null) then ("delay" is null or ("delay" >= (-120) and "delay" <= 2000)) else true end), 0) as c6,
  coalesce(count_if(not case when (status = 'late' or status is null) then ("distance" is null or ("distance" > 0)) else true end), 0) as c7,
  coalesce(count_if(not case when (status = 'late' or status is null) then ("distance" is null or true) else true end), 0) as c8,
  coalesce(count_if(not case when (status = 'late' or status is null) then ("origin" is null or regexp_matches("origin", '^[A-Z]{3}$')) else true end), 0) as c9,
  coalesce(count_if(not case when (status = 'late' or status is null) then coalesce((origin <> destination -- never a round trip
), true) else true end), 0) as c10,
  case when isfinite(cast(max("flown_at") filter (where (status = 'late' or status is null)) as TIMESTAMP WITH TIME ZONE)) then cast(extract(epoch from cast(max("flown_at") filter (where (status = 'late' or status is null)) as TIMESTAMP WITH TIME ZONE)) as double precision) when cast(max("flown_at") filter (where (status = 'late' or status is null)) as TIMESTAMP WITH TIME ZONE) > '2000-01-01' then 1e300 when cast(max("flown_at") filter (where (status = 'late' or status is null)) as TIMESTAMP WITH TIME ZONE) is not null then -1e300 end as c11
from "main"."flights";

select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where (status = 'late' or status is null) and "flight_id" is not null group by "flight_id" having count(*) > 1) as keyed;

select
  count(*) as c0,
  coalesce(sum(occurrences), 0) as c1
from (select count(*) as occurrences from "main"."flights" where (status = 'late' or status is null) and "flown_at" is not null and "Tail ""No""" is not null group by "flown_at", "Tail ""No""" having count(*) > 1) as keyed;

select
  count(*) as c0
from (select "origin" from "main"."flights" where (status = 'late' or status is null) and "origin" is not null) as child where not exists (select 1 from "raw"."airports" as parent where parent."iata" = child."origin");

select
  count(*) as c0
from (
select * from flights where delay > 10000
) as failing where (status = 'late' or status is null);
