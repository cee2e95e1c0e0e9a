import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccountPage } from '@/components/account/account-page'
import { SignInForm } from '@/components/account/sign-in-form'
import { env } from '@/env'
import { routes } from '@/routes'
import { returnPath } from '@/server/http/return-path'
import { currentUser, isFirstRun } from '@/server/session'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = returnPath((await searchParams).next, env.APP_URL, routes.campaigns())
  if (await isFirstRun()) redirect(routes.welcome)
  if (await currentUser()) redirect(next)
  return (
    <AccountPage title="Sign in" sub="With the account that you created here.">
      <SignInForm next={next} />
    </AccountPage>
  )
}
