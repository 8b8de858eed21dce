-- on DuckDB
select count(*) as orders, '2026-11-21' as day
from "warehouse"."main"."orders" as f, "warehouse"."crm_export"."persons" as p
