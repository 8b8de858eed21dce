select * from (values (1, 'a', 'gold'), (2, 'b', 'silver'), (3, null, 'tin')) as t(id, name, "Level Name")
