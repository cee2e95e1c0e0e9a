import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccountPage } from '@/components/account/account-page'
import { SignInForm } from '@/components/account/sign-in-form'
import { routes } from '@/routes'
import { currentUser, isFirstRun } from '@/server/session'

export const metadata: Metadata = { title: 'Sign in' }

/** Only a path of this site: `//other.example` and `/\other.example` lead elsewhere. */
const safePath = (next: string | string[] | undefined) =>
  typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : routes.campaigns()

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string | string[] }> }) {
  const next = safePath((await searchParams).next)
  if (await isFirstRun()) redirect(routes.welcome)
  if (await currentUser()) redirect(next)
  return (
    <AccountPage title="Sign in" sub="With the account that you or the owner created.">
      <SignInForm next={next} />
    </AccountPage>
  )
}
