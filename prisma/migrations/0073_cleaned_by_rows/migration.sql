-- Why: a fifth of a table has to change before autovacuum cleans it, and a tenth before the server counts it again. Of 10,000,000 planned emails
-- that is a million sent ones: until then each look for due emails walks over all that have left, and a campaign that was just planned is
-- in no statistics. And a cleaning leaves all indexes as they are while less than a fiftieth of the pages has something in it to be cleaned, which here is a
-- hundred thousand sent emails. What every email writes to is cleaned after a small share of it, that of planned emails with its indexes.
ALTER TABLE scheduled_emails SET (autovacuum_vacuum_scale_factor = 0.002, vacuum_index_cleanup = on, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE emails SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE leads SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE lead_activity SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
