-- Each email that leaves changes its row twice and its lead's once, and a change of an indexed row writes to all indexes of its table.

-- One index for both: the emails of a lead, and that a campaign has a step once for a lead.
CREATE UNIQUE INDEX uq_scheduled_emails_lead_campaign_step ON scheduled_emails (lead_id, campaign_id, workflow_step_number);
DROP INDEX uq_scheduled_emails_campaign_lead_step;
DROP INDEX idx_scheduled_emails_lead;


-- A lead that changes has its row there already.
CREATE OR REPLACE FUNCTION note_leads() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    DELETE FROM lead_activity WHERE lead_id IN (SELECT id FROM old_rows);
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT '00000000-0000-0000-0000-000000000000', status, -count(*) FROM old_rows GROUP BY status;
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM new_rows) THEN RETURN NULL; END IF;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO lead_activity (lead_id, status, emails_sent, last_contacted_at)
    SELECT id, status, emails_sent, last_contacted_at FROM new_rows;
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT '00000000-0000-0000-0000-000000000000', status, count(*) FROM new_rows GROUP BY status;
  ELSE
    UPDATE lead_activity a SET status = n.status, emails_sent = n.emails_sent, last_contacted_at = n.last_contacted_at
    FROM new_rows n
    WHERE a.lead_id = n.id
      AND (a.status, a.emails_sent, a.last_contacted_at) IS DISTINCT FROM (n.status, n.emails_sent, n.last_contacted_at);
    INSERT INTO lead_count_changes (batch_id, status, count)
    SELECT of_batch.id, moved.status, sum(moved.change)
    FROM (SELECT id, status, sum(change) AS change
          FROM (SELECT id, status, 1 AS change FROM new_rows UNION ALL SELECT id, status, -1 FROM old_rows) both_sides
          GROUP BY id, status HAVING sum(change) <> 0) moved,
      LATERAL (SELECT '00000000-0000-0000-0000-000000000000'::uuid AS id
               UNION ALL SELECT bl.batch_id FROM batch_leads bl WHERE bl.lead_id = moved.id OFFSET 0) of_batch
    GROUP BY 1, 2 HAVING sum(moved.change) <> 0;
  END IF;
  RETURN NULL;
END $$;
