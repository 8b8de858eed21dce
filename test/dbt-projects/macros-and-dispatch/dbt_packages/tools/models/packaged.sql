select {{ same_name() }} as same_name, {{ of_package() }} as of_package
