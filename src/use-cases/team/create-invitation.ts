import { putInvitationIf, selectInvitedRole } from '@/db/queries/team/put-invitation'
import { selectPerson } from '@/db/queries/team/select-people'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { INVITATION_DAYS, mayGive, peersOf, rolesToGive } from '@/domain/team/people'
import { ROLE_NAMES, type Role } from '@/domain/team/roles'
import { hashOfToken, newLinkToken } from '@/lib/link-token'
import { type EmailedLink, sendAccountEmail } from './send-account-email'

export type CreateInvitation = { email: string; role: Role; by: { id: string; role: Role } }
export type CreatedInvitation = {
  id: string
  email: string
  role: Role
  url: string
  expiresAt: Date
  emailed: EmailedLink
}

const DAY_MS = 86_400_000

/**
 * Invites somebody: makes a link that lets one person make an account once, within 7 days, and sends it where a mailbox can. The
 * link is shown this once: its hash alone is kept. An open invitation to the same address is replaced, and its link ends: asked for
 * again, as after an answer that was lost, the later link alone works.
 * @throws {DomainError} not_allowed, duplicate
 */
export async function createInvitation(deps: Deps, { email, role, by }: CreateInvitation): Promise<CreatedInvitation> {
  const { sql, clock, config, log } = deps
  if (!mayGive(by.role, role)) {
    throw new DomainError(
      'not_allowed',
      `${ROLE_NAMES[by.role]}s cannot invite somebody to be ${article(role)}. Nobody was invited.`,
    )
  }
  const at = clock.realNow()
  const token = newLinkToken()
  const expiresAt = new Date(at.getTime() + INVITATION_DAYS * DAY_MS)
  const put = await putInvitationIf(sql, {
    email,
    role,
    tokenHash: hashOfToken(token),
    by: by.id,
    givers: peersOf(by.role),
    given: rolesToGive(by.role),
    at,
    expiresAt,
  })
  if (!put) throw await refusal(deps, by, email)
  log.info({ invitation: put.id, role, by: by.id }, 'person invited')
  const url = new URL(`/invitation/${token}`, config.appUrl).href
  const inviter = (await selectPerson(sql, by.id))?.name ?? 'A colleague'
  const emailed = await sendAccountEmail(deps, {
    to: email,
    subject: 'You are invited to LeadNexConnect',
    lines: [
      `${inviter} invites you to work together in LeadNexConnect at ${new URL(config.appUrl).host}.`,
      `Open this link to make your account. It works once, until ${expiresAt.toUTCString()}:`,
      url,
      'If you do not know what this is about, do nothing: without the link no account is made.',
    ],
  })
  return { id: put.id, email, role, url, expiresAt, emailed }
}

const article = (role: Role) => (/^[aeiou]/.test(role) ? `an ${role}` : `a ${role}`)

async function refusal({ sql }: Deps, by: CreateInvitation['by'], email: string): Promise<DomainError> {
  const [self, open] = await Promise.all([selectPerson(sql, by.id), selectInvitedRole(sql, email)])
  if (!self || !peersOf(by.role).includes(self.role)) {
    return new DomainError('not_allowed', 'Your role has changed, and no longer lets you invite. Nobody was invited.')
  }
  if (open && !mayGive(self.role, open.role)) {
    return new DomainError(
      'not_allowed',
      `${email} is invited already to be ${article(open.role)}, which only an owner can change. Nobody was invited.`,
    )
  }
  return new DomainError(
    'duplicate',
    `${email} belongs to a member already. Nobody was invited. Enter another address.`,
    {
      field: 'email',
    },
  )
}
