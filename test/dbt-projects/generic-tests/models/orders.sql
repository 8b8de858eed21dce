select * from (values (1, 1, 'new', 10.5), (2, 2, 'paid', -1), (3, 9, 'lost', 3)) as t(id, customer_id, status, amount)
