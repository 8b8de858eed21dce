-- not_null_delay: case when (delay is not null) then ("delay" is not null) else true end
select * from "main"."flights" where not case when (delay is not null) then ("delay" is not null) else true end;

-- accepted_values_status: case when (delay is not null) then ("status" is null or ("status" in ('on time', 'late', 'won''t fly'))) else true end
select * from "main"."flights" where not case when (delay is not null) then ("status" is null or ("status" in ('on time', 'late', 'won''t fly'))) else true end;

-- accepted_values_code: case when (delay is not null) then ("code" is null or ("code" is null)) else true end
select * from "main"."flights" where not case when (delay is not null) then ("code" is null or ("code" is null)) else true end;

-- accepted_range_delay: case when (delay is not null) then ("delay" is null or ("delay" >= (-120) and "delay" <= 2000)) else true end
select * from "main"."flights" where not case when (delay is not null) then ("delay" is null or ("delay" >= (-120) and "delay" <= 2000)) else true end;

-- accepted_range_distance: case when (delay is not null) then ("distance" is null or ("distance" > 0)) else true end
select * from "main"."flights" where not case when (delay is not null) then ("distance" is null or ("distance" > 0)) else true end;

-- accepted_range_distance: case when (delay is not null) then ("distance" is null or true) else true end
select * from "main"."flights" where not case when (delay is not null) then ("distance" is null or true) else true end;

-- matches_origin: case when (delay is not null) then ("origin" is null or (regexp_matches("origin", '^[A-Z]{3}$'))) else true end
select * from "main"."flights" where not case when (delay is not null) then ("origin" is null or (regexp_matches("origin", '^[A-Z]{3}$'))) else true end;

-- expression_origin_destination_never_a_round_trip: case when (delay is not null) then coalesce((origin <> destination -- never a round trip
), true) else true end
select * from "main"."flights" where not case when (delay is not null) then coalesce((origin <> destination -- never a round trip
), true) else true end;

-- recency_flown_at: no row is judged alone
-- no rows to show;

-- row_count: no row is judged alone
-- no rows to show;

-- row_count: no row is judged alone
-- no rows to show;

-- unique_flight_id: no row is judged alone
select * from "main"."flights" where (delay is not null) and ("flight_id") in (select "flight_id" from "main"."flights" where (delay is not null) and "flight_id" is not null group by "flight_id" having count(*) > 1) order by "flight_id";

-- unique_flown_at_tail_no: no row is judged alone
select * from "main"."flights" where (delay is not null) and ("flown_at", "Tail ""No""") in (select "flown_at", "Tail ""No""" from "main"."flights" where (delay is not null) and "flown_at" is not null and "Tail ""No""" is not null group by "flown_at", "Tail ""No""" having count(*) > 1) order by "flown_at", "Tail ""No""";

-- relationships_origin__airports_iata: no row is judged alone
select * from (select * from "main"."flights" where (delay is not null) and "origin" is not null) as child where not exists (select 1 from "raw"."airports" as parent where parent."iata" = child."origin");

-- sql: no row is judged alone
select * from (
select * from flights where delay > 10000
) as failing where (delay is not null);
