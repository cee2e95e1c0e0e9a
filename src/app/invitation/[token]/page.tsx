import type { Metadata } from 'next'
import { AccountPage } from '@/components/account/account-page'
import { InvitationForm } from '@/components/account/invitation-form'
import { ButtonLink } from '@/components/ui/button'
import { ROLE_NAMES } from '@/domain/team/roles'
import { routes } from '@/routes'
import { invitationOf } from '@/server/invitations'

// The link is a secret: no page that is opened from here learns it.
export const metadata: Metadata = { title: 'Invitation', robots: { index: false }, referrer: 'no-referrer' }

type Props = { params: Promise<{ token: string }> }

/** Where an invited person makes their account. Opening it uses nothing up: email programs open every link. */
export default async function InvitationPage({ params }: Props) {
  const { token } = await params
  const invitation = await invitationOf(token)
  if (!invitation) {
    return (
      <AccountPage
        title="This invitation cannot be used"
        sub="It was used, was taken back or has expired, or the link was cut off. Nothing was changed."
      >
        <p className="mb-4 text-control text-ink-2">Ask whoever invited you for another link.</p>
        <ButtonLink href={routes.signIn()}>Sign in</ButtonLink>
      </AccountPage>
    )
  }
  const { email, role, inviter } = invitation
  return (
    <AccountPage
      title="Make your account"
      sub={`${inviter ?? 'A colleague'} invites you to work here, as: ${ROLE_NAMES[role]}.`}
    >
      <InvitationForm token={token} email={email} />
    </AccountPage>
  )
}
