-- Why: a no belongs to an address, not to a row. An unsubscribe link must work after its lead, its campaign or the lead's old
-- address is gone, and a deleted person who is imported again must still be known: as one who was emailed, or who said no.
-- What has to outlast the rows is kept under a keyed hash of the address; the key itself is in no table but sealed.

-- AlterTable
ALTER TABLE "campaigns" ADD COLUMN     "leave_out_mailed_before" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "leads" ADD COLUMN     "email_hash" TEXT;

-- CreateTable
CREATE TABLE "suppression_removals" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "value" TEXT,
    "value_hash" TEXT,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "suppressed_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_by" TEXT,
    "removed_by_name" TEXT,
    "why" TEXT NOT NULL,

    CONSTRAINT "suppression_removals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "kept_links" (
    "scheduled_email_id" UUID NOT NULL,
    "address_hash" TEXT NOT NULL,
    "claim" INTEGER NOT NULL,

    CONSTRAINT "kept_links_pkey" PRIMARY KEY ("scheduled_email_id","address_hash")
);

-- CreateTable
CREATE TABLE "contacted_addresses" (
    "address_hash" TEXT NOT NULL,
    "last_contacted_at" TIMESTAMPTZ(3),
    "lead_status" TEXT,

    CONSTRAINT "contacted_addresses_pkey" PRIMARY KEY ("address_hash")
);

-- CreateTable
CREATE TABLE "sealed_keys" (
    "name" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sealed_keys_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "test_email_counts" (
    "user_id" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "since_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "test_email_counts_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "idx_suppression_removals_removed_at" ON "suppression_removals"("removed_at");

-- CreateIndex
CREATE INDEX "idx_suppression_removals_kind_value" ON "suppression_removals"("kind", "value");

-- CreateIndex
CREATE INDEX "idx_sandbox_messages_to_email" ON "sandbox_messages"("to_email");

-- CreateIndex
CREATE INDEX "idx_leads_email_hash" ON "leads"("email_hash");

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

ALTER TABLE leads ADD CONSTRAINT leads_email_hash_check CHECK (email_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE suppressions ADD CONSTRAINT suppressions_value_hash_check CHECK (value_hash IS NULL OR (kind = 'address' AND value_hash ~ '^[0-9a-f]{64}$'));
ALTER TABLE suppression_removals ADD CONSTRAINT suppression_removals_why_check CHECK (btrim(why) <> '');
ALTER TABLE contacted_addresses ADD CONSTRAINT contacted_addresses_check CHECK (last_contacted_at IS NOT NULL OR lead_status IS NOT NULL);

-- hash-addresses: what the program has not hashed yet. Empty almost always.
CREATE INDEX idx_leads_not_hashed ON leads (id) WHERE email_hash IS NULL;
CREATE INDEX idx_suppressions_not_hashed ON suppressions (id) WHERE value_hash IS NULL AND kind = 'address';

-- Whoever changes an address without its hash leaves none, never that of the old address.
CREATE FUNCTION drop_stale_email_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.email <> OLD.email AND NEW.email_hash IS NOT DISTINCT FROM OLD.email_hash THEN
    NEW.email_hash := NULL;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER drop_stale_email_hash BEFORE UPDATE OF email ON leads
  FOR EACH ROW WHEN (NEW.email <> OLD.email) EXECUTE FUNCTION drop_stale_email_hash();

-- An address leaves its lead, by an edit or a deletion, whoever does it and however: whose the links of its emails are, when
-- it was emailed last, and that it had said no stay. An email that was claimed may have arrived. The plans are made once a
-- session, while kept_links may be empty: by its index all the same, or thousands of leads would each read all of it.
CREATE FUNCTION remember_address() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  contacted TIMESTAMPTZ;
  ended TEXT;
BEGIN
  INSERT INTO kept_links AS k (scheduled_email_id, address_hash, claim)
  SELECT se.id, OLD.email_hash, se.claim FROM scheduled_emails se
  WHERE se.lead_id = OLD.id
    AND se.claim > COALESCE((SELECT max(o.claim) FROM kept_links o WHERE o.scheduled_email_id = se.id), 0)
  ON CONFLICT (scheduled_email_id, address_hash) DO UPDATE SET claim = EXCLUDED.claim;

  contacted := GREATEST(OLD.last_contacted_at, (SELECT max(sending_since) FROM scheduled_emails
                                                WHERE lead_id = OLD.id AND status IN ('sending', 'held')));
  ended := CASE WHEN OLD.status IN ('replied', 'interested', 'not_interested', 'converted', 'invalid', 'unsubscribed', 'bounced')
                THEN OLD.status END;
  IF contacted IS NOT NULL OR ended IS NOT NULL THEN
    INSERT INTO contacted_addresses AS c (address_hash, last_contacted_at, lead_status)
    VALUES (OLD.email_hash, contacted, ended)
    ON CONFLICT (address_hash) DO UPDATE
    SET last_contacted_at = GREATEST(c.last_contacted_at, EXCLUDED.last_contacted_at), lead_status = EXCLUDED.lead_status;
  END IF;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER remember_deleted_address BEFORE DELETE ON leads
  FOR EACH ROW WHEN (OLD.email_hash IS NOT NULL) EXECUTE FUNCTION remember_address();
CREATE TRIGGER remember_edited_address BEFORE UPDATE OF email ON leads
  FOR EACH ROW WHEN (NEW.email <> OLD.email AND OLD.email_hash IS NOT NULL) EXECUTE FUNCTION remember_address();

CREATE FUNCTION keep_links_of_campaign() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
  INSERT INTO kept_links AS k (scheduled_email_id, address_hash, claim)
  SELECT se.id, l.email_hash, se.claim FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id
  WHERE se.campaign_id = OLD.id AND l.email_hash IS NOT NULL
    AND se.claim > COALESCE((SELECT max(o.claim) FROM kept_links o WHERE o.scheduled_email_id = se.id), 0)
  ON CONFLICT (scheduled_email_id, address_hash) DO UPDATE SET claim = EXCLUDED.claim;
  RETURN OLD;
END $$;

CREATE TRIGGER keep_links_of_deleted_campaign BEFORE DELETE ON campaigns
  FOR EACH ROW EXECUTE FUNCTION keep_links_of_campaign();
