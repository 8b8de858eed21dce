select * from "warehouse"."raw"."raw_shop_customers"
