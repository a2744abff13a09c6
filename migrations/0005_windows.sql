-- Windows in full, hall plans, hall calendar.
select 1;
