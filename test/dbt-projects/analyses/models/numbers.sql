select n as id, 'n' || n as name from range(5) as t(n) order by 1
