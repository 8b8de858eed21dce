{{ config(severity='error') }}

-- The mart must account for exactly the flights of the fact table.
select marts.flight_count, facts.flight_count as fact_count
from (select sum(flight_count) as flight_count from {{ ref('mrt_operations_airport_delays') }}) as marts
cross join (select count(*) as flight_count from {{ ref('fct_flights') }}) as facts
where marts.flight_count <> facts.flight_count
