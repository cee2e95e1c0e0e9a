import type { Metadata } from 'next'
import { AccountPage } from '@/components/account/account-page'
import { ForgotForm } from '@/components/account/reset-form'
import { TextLink } from '@/components/ui/text-link'
import { routes } from '@/routes'
import { resetsByEmail } from '@/server/reset-links'

export const metadata: Metadata = { title: 'Forgotten password' }
// Whether a mailbox can send is asked at each visit.
export const dynamic = 'force-dynamic'

/** The way back for somebody who has forgotten the password. */
export default async function ForgotPage() {
  const byEmail = await resetsByEmail()
  return (
    <AccountPage
      title="Forgotten password"
      sub={byEmail ? 'A link by email lets you choose another one.' : 'This installation cannot send you an email.'}
    >
      {byEmail ? (
        <ForgotForm />
      ) : (
        <div className="grid gap-3 text-control text-ink-2">
          <p>Ask an owner for a link: Settings, Team, More.</p>
          <p>
            The only owner makes one in the terminal of this machine:{' '}
            <code className="font-mono">npm run owner:reset</code>
          </p>
        </div>
      )}
      <p className="mt-4 text-control">
        <TextLink href={routes.signIn()}>Back to sign in</TextLink>
      </p>
    </AccountPage>
  )
}
