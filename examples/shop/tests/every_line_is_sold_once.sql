-- The mart accounts for exactly the lines of the fact table.
select marts.revenue_amount, facts.revenue_amount as fact_amount
from (select sum(revenue_amount) as revenue_amount from {{ ref('mrt_sales_monthly_revenue') }}) as marts
cross join (select sum(line_amount) as revenue_amount from {{ ref('fct_order_lines') }}) as facts
where marts.revenue_amount <> facts.revenue_amount
