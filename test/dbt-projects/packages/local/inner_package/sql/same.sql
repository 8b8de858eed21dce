select 'package' as of_package
