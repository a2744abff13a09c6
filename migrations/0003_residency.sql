-- Residency of items, agreements, the negative list.
select 1;
