
select * from "main"."mrt_daily" where orders < 0
