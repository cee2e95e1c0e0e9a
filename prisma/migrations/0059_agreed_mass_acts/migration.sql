-- Why: an act on many leads is about those that somebody has agreed to, written down as it begins; its numbers add up; its undo leaves what was
-- said since; and one that fails again and again ends.

-- DropForeignKey
ALTER TABLE "mass_act_leads" DROP CONSTRAINT "mass_act_leads_lead_id_fkey";

-- DropIndex
DROP INDEX "idx_mass_act_leads_lead";

-- AlterTable
ALTER TABLE "mass_act_leads" ADD COLUMN     "changed_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "mass_acts" DROP COLUMN "newest_lead_id",
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "replies_dropped" INTEGER NOT NULL DEFAULT 0;

-- All that stand here were changed. Where their status, or their place in the batch, is still of the time of the act, that time is when; else one
-- that it does not have, so that an undo leaves them.
UPDATE mass_act_leads m
SET changed_at = COALESCE(
  CASE a.kind
    WHEN 'status' THEN (SELECT l.updated_at FROM leads l WHERE l.id = m.lead_id AND l.status = a.choice ->> 'status'
                          AND l.updated_at BETWEEN a.created_at AND COALESCE(a.ended_at, 'infinity'))
    WHEN 'batch' THEN (SELECT b.added_at FROM batch_leads b WHERE b.lead_id = m.lead_id AND b.batch_id = (a.choice ->> 'batchId')::uuid
                         AND b.added_at BETWEEN a.created_at AND COALESCE(a.ended_at, 'infinity')) END,
  a.created_at)
FROM mass_acts a WHERE a.id = m.mass_act_id;

CREATE FUNCTION sum_of_counts(counts jsonb) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT COALESCE(sum(value::bigint), 0)::bigint FROM jsonb_each_text(counts));

-- Whom those were about that are at work was not written down, but for undos.
UPDATE mass_acts SET state = 'failed', ended_at = now(), failure = 'The program was updated while this was at work. Start it again for the others.'
WHERE state = 'working' AND kind <> 'undo';

-- Leads that were gone, or did not match any more, had no reason; others came to match, and were more than had been counted.
UPDATE mass_acts SET left_out = left_out || jsonb_build_object('gone', COALESCE((left_out ->> 'gone')::bigint, 0) + done - changed - sum_of_counts(left_out))
WHERE done > changed + sum_of_counts(left_out);
UPDATE mass_acts SET done = changed + sum_of_counts(left_out) WHERE done < changed + sum_of_counts(left_out);
UPDATE mass_acts SET total = done WHERE total < done;
UPDATE mass_acts SET left_out = left_out || jsonb_build_object('no_match', total - done), done = total WHERE state = 'done' AND done < total;
UPDATE mass_acts u SET total = u.done + (
  SELECT count(*) FROM mass_act_leads l WHERE l.mass_act_id = u.undoes AND (u.last_lead_id IS NULL OR l.lead_id > u.last_lead_id))
WHERE state = 'working';
UPDATE mass_acts SET filter = filter - 'ids' WHERE filter ? 'ids';

ALTER TABLE mass_acts
  -- Its numbers add up at every commit: each lead that is done was changed, or left out for a reason.
  ADD CONSTRAINT mass_acts_numbers_check CHECK (
    done = changed + sum_of_counts(left_out) AND done <= total AND (state <> 'done' OR done = total)),
  ADD CONSTRAINT mass_acts_ended_check CHECK ((state = 'working') = (ended_at IS NULL) AND (state <> 'failed' OR failure IS NOT NULL));
