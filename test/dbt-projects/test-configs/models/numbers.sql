select n as id, n % 3 as kind, case when n % 4 = 0 then null else n end as maybe from range(10) as t(n)
