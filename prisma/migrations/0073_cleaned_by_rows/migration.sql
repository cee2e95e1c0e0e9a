-- Why: a fifth of a table has to change before autovacuum cleans it, and a tenth before the server counts it again. Of 10,000,000 planned emails
-- that is a million sent ones: until then each look for due emails walks over all that have left, and a campaign that was just planned is
-- in no statistics. What every email writes to is cleaned and counted after a hundredth, as a table of years would otherwise be never.
ALTER TABLE scheduled_emails SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE emails SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE leads SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
ALTER TABLE lead_activity SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.01);
