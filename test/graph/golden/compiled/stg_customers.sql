select * from "raw"."raw_shop_customers"
