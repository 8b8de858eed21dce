-- on DuckDB
select count(*) as orders, '2026-11-21' as day
from "main"."orders" as f, "crm_export"."persons" as p
