-- Imports with preview and undo, packages, published lists.
select 1;
