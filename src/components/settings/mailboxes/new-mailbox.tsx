'use client'

import { useRouter } from 'next/navigation'
import { useMayManage } from '@/components/shell/user'
import { ErrorState } from '@/components/ui/error-state'
import { notifyDone } from '@/components/ui/overlays/toast'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'
import { AdminOnly } from '../admin-only'
import { MailboxForm } from './mailbox-form'
import { newMailboxValues } from './mailbox-values'

export const MAILBOX_CRUMBS = [
  { label: 'Settings', href: routes.settings },
  { label: 'Mailboxes', href: routes.mailboxes },
]

/** Connects a mailbox; once saved, its own page offers the test. */
export function NewMailbox() {
  const utils = api.useUtils()
  const router = useRouter()
  const mayManage = useMayManage()
  const settings = api.settings.get.useQuery()
  const create = api.mailboxes.create.useMutation({
    onSuccess: async ({ id }) => {
      await utils.mailboxes.list.invalidate()
      notifyDone('Mailbox saved.', { description: 'Test its connection before a campaign relies on it.' })
      router.replace(routes.mailbox(id))
    },
  })
  return (
    <>
      <PageHeader crumbs={MAILBOX_CRUMBS} title="New mailbox" />
      {!mayManage ? (
        <AdminOnly>Ask an owner or an admin to connect a mailbox.</AdminOnly>
      ) : settings.data ? (
        <div className="max-w-[720px]">
          <MailboxForm
            initial={newMailboxValues(settings.data.defaultTimezone)}
            hasPassword={false}
            saving={create.isPending || create.isSuccess}
            saved={false}
            error={create.error ? messageOf(create.error) : null}
            submitLabel="Save mailbox"
            onSubmit={(input) => create.mutate(input)}
            onChange={() => create.reset()}
          />
        </div>
      ) : settings.error ? (
        <ErrorState title={messageOf(settings.error)} untouched="Nothing was changed." />
      ) : (
        <SkeletonRows rows={5} label="Loading the form" />
      )}
    </>
  )
}
