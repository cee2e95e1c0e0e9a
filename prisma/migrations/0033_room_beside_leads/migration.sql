-- Why: every email changes its lead, and the leads of a campaign lie side by side. With a tenth of each page free only every second
-- change found room beside its lead; each other one was written into all indexes of leads, the one over parts of words among them,
-- and to a page at the end. So the table takes no more than before once each lead was emailed. Rows of before move as they change.
ALTER TABLE leads SET (fillfactor = 60);
