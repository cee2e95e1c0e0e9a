import type { Metadata } from 'next'
import { AccountPage } from '@/components/account/account-page'
import { ResetForm } from '@/components/account/reset-form'
import { ButtonLink } from '@/components/ui/button'
import { routes } from '@/routes'
import { resetLinkOf } from '@/server/reset-links'

// The link is a secret: no page that is opened from here learns it.
export const metadata: Metadata = { title: 'New password', robots: { index: false }, referrer: 'no-referrer' }

type Props = { params: Promise<{ token: string }> }

/** Where somebody chooses a new password. Opening it uses nothing up. */
export default async function ResetPage({ params }: Props) {
  const { token } = await params
  const link = await resetLinkOf(token)
  if (!link) {
    return (
      <AccountPage
        title="This link cannot be used"
        sub="It was used or has expired, or it was cut off. The password stays as it was."
      >
        <ButtonLink href={routes.forgot}>Ask for another link</ButtonLink>
      </AccountPage>
    )
  }
  return (
    <AccountPage title="Choose a new password" sub={`For ${link.name}.`}>
      <ResetForm token={token} email={link.email} />
    </AccountPage>
  )
}
