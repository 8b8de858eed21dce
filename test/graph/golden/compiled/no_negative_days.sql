
select * from "warehouse"."main"."mrt_daily" where orders < 0
