-- a comment with a 'quote
/* and a {{ "rendered" }} block; with a semicolon */
select 1 as id -- at the end
