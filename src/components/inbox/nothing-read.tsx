'use client'

import { FlaskConical, MailX } from 'lucide-react'
import { useHealth } from '@/components/shell/health'
import { useMayManage } from '@/components/shell/user'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { routes } from '@/routes'
import type { InboxCounts } from './api-types'

/** No mailbox was read yet: nobody knows who has answered, and what to do about it. */
export function NothingRead({ reading: { withWayIn } }: { reading: InboxCounts['reading'] }) {
  const isSandbox = useHealth().data?.mode !== 'live'
  const mayManage = useMayManage()
  if (isSandbox)
    return (
      <Card>
        <EmptyState
          icon={FlaskConical}
          title="No mailbox is read yet: answers are not known."
          action={<ButtonLink href={routes.sandbox()}>Go to the sandbox</ButtonLink>}
        >
          Open an email in the sandbox and answer it in the lead’s place: the answer appears here.
        </EmptyState>
      </Card>
    )
  return (
    <Card>
      <EmptyState
        icon={MailX}
        title="No mailbox is read yet: answers are not known."
        action={<ButtonLink href={routes.mailboxes}>Go to the mailboxes</ButtonLink>}
      >
        {withWayIn > 0
          ? 'The first reading is on its way. Whether it succeeds stands with the mailbox.'
          : mayManage
            ? 'Give a mailbox its incoming mail server, and answers appear here.'
            : 'An owner or an admin can give a mailbox its incoming mail server; then answers appear here.'}
      </EmptyState>
    </Card>
  )
}
