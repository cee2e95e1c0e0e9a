-- A team: two more roles, people who are members no longer, and invitations. Accounts that exist keep their role.

ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('owner', 'admin', 'member', 'viewer'));
ALTER TABLE "users" ADD COLUMN     "removed_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "invited_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "uq_invitations_token_hash" ON "invitations"("token_hash");

-- CreateIndex
CREATE INDEX "idx_invitations_invited_by" ON "invitations"("invited_by");

ALTER TABLE invitations ADD CONSTRAINT invitations_role_check CHECK (role IN ('owner', 'admin', 'member', 'viewer'));
ALTER TABLE invitations ADD CONSTRAINT invitations_email_check CHECK (email = lower(email));
CREATE UNIQUE INDEX uq_invitations_open ON invitations (email) WHERE accepted_at IS NULL AND revoked_at IS NULL;

-- A sign-in under way while its person is removed: the one waits for the other at the row of the person, and no session of
-- somebody who is no member any more is ever left.
CREATE FUNCTION refuse_sessions_of_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM users WHERE id = NEW.user_id AND removed_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'No member any more' USING ERRCODE = 'check_violation', CONSTRAINT = 'sessions_of_members';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sessions_of_members BEFORE INSERT ON sessions FOR EACH ROW EXECUTE FUNCTION refuse_sessions_of_removed();
