import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccountPage } from '@/components/account/account-page'
import { SignInForm } from '@/components/account/sign-in-form'
import { Callout } from '@/components/ui/callout'
import { env } from '@/env'
import { routes } from '@/routes'
import { returnPath } from '@/server/http/return-path'
import { currentUser, isFirstRun } from '@/server/session'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<{ next?: string | string[]; ended?: string | string[] }> }

export default async function SignInPage({ searchParams }: Props) {
  const { next: wanted, ended } = await searchParams
  const next = returnPath(wanted, env.APP_URL, routes.campaigns())
  if (await isFirstRun()) redirect(routes.welcome)
  if (await currentUser()) redirect(next)
  return (
    <AccountPage title="Sign in" sub="With the account that you created here.">
      {ended !== undefined && (
        <Callout tone="held" title="You are not signed in any more." className="mb-4">
          The session ended: it was over, was ended from elsewhere, or your access was removed. What was saved stays.
        </Callout>
      )}
      <SignInForm next={next} />
    </AccountPage>
  )
}
