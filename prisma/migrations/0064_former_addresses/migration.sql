-- Why: whoever answers without ids is known by the address; after a lead's address was corrected, an answer from neither of the two belonged to the lead.
-- CreateTable
CREATE TABLE "lead_former_addresses" (
    "lead_id" UUID NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "lead_former_addresses_pkey" PRIMARY KEY ("lead_id","email")
);

-- CreateIndex
CREATE INDEX "idx_lead_former_addresses_email" ON "lead_former_addresses"("email");

-- AddForeignKey
ALTER TABLE "lead_former_addresses" ADD CONSTRAINT "lead_former_addresses_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "leads"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- Beyond the schema file ----------------------------------------------------------------------------------

INSERT INTO lead_former_addresses (lead_id, email)
SELECT DISTINCT e.lead_id, e.to_email FROM emails e JOIN leads l ON l.id = e.lead_id WHERE e.to_email <> l.email;

-- Whoever changes the address of a lead, and however: nobody answers from one to which nothing went.
CREATE FUNCTION keep_former_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lead_former_addresses (lead_id, email)
  SELECT OLD.id, OLD.email
  WHERE EXISTS (SELECT 1 FROM scheduled_emails se
                WHERE se.lead_id = OLD.id AND (se.status IN ('sent', 'sending', 'held') OR se.claim > 0))
     OR EXISTS (SELECT 1 FROM replies r
                WHERE r.lead_id = OLD.id AND r.claim > 0 AND OLD.email = ANY(r.to_emails || r.cc_emails))
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER keep_former_address AFTER UPDATE OF email ON leads
  FOR EACH ROW WHEN (NEW.email <> OLD.email) EXECUTE FUNCTION keep_former_address();
