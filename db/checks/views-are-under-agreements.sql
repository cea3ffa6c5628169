-- Each view of a family's records was under an agreement that was in force when somebody looked, for a purpose of its own.
select 'view ' || view_id || ': ' || fault as found from views_outside_agreements() limit 20
