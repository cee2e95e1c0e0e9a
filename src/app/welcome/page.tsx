import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AccountPage } from '@/components/account/account-page'
import { OwnerForm } from '@/components/account/owner-form'
import { routes } from '@/routes'
import { isFirstRun } from '@/server/session'

export const metadata: Metadata = { title: 'Welcome' }

type Props = { searchParams: Promise<{ code?: string | string[] }> }

/** `?code=` comes with the link that the terminal prints. */
export default async function WelcomePage({ searchParams }: Props) {
  const { code } = await searchParams
  if (!(await isFirstRun())) redirect(routes.signIn())
  return (
    <AccountPage title="Create the owner" sub="The first account owns this installation. After it, sign-up is closed.">
      <OwnerForm code={typeof code === 'string' ? code : ''} />
    </AccountPage>
  )
}
