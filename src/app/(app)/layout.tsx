import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { AppShell } from '@/components/shell/app-shell'
import { routes } from '@/routes'
import { currentUser, isFirstRun } from '@/server/session'
import { ApiProvider } from '@/trpc/react'

/** Everything below needs a session. The procedures check it again: a layout guards screens, not data. */
export default async function SignedInLayout({ children }: { children: ReactNode }) {
  const user = await currentUser()
  if (!user) {
    if (await isFirstRun()) redirect(routes.welcome)
    redirect(routes.signIn((await headers()).get('x-path') ?? routes.campaigns()))
  }
  return (
    <NuqsAdapter>
      <ApiProvider>
        <AppShell user={{ name: user.name, email: user.email, role: user.role }}>{children}</AppShell>
      </ApiProvider>
    </NuqsAdapter>
  )
}
