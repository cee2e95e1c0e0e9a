'use client'

import { Search } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import type { RecordName } from '@/domain/mailbox/mailbox-checks'
import { api, messageOf } from '@/trpc/react'
import type { Mailbox } from '../api-types'
import { MailboxChecks } from './check-list'

const RECORDS = [
  ['mx', 'MX'],
  ['spf', 'SPF'],
  ['dkim', 'DKIM'],
  ['dmarc', 'DMARC'],
] as const satisfies readonly (readonly [RecordName, string])[]

/** What the domain of the From address says about who may send for it, and what to add. */
export function RecordsCard({ mailbox, unsaved }: { mailbox: Mailbox; unsaved: boolean }) {
  const utils = api.useUtils()
  const check = api.mailboxes.checkDomain.useMutation()
  return (
    <Card>
      <CardHeader
        title="Records of the domain"
        aside={mailbox.fromEmail.slice(mailbox.fromEmail.lastIndexOf('@') + 1)}
      />
      <CardBody className="grid justify-items-start gap-3">
        <p className="text-ink-2">
          {unsaved
            ? 'Save first: the saved From address is looked up.'
            : 'Receivers look these up before they trust an email. Nobody is signed in to.'}
        </p>
        <Button
          icon={Search}
          disabled={unsaved}
          pending={check.isPending}
          onClick={() => check.mutate({ mailboxId: mailbox.id }, { onSettled: () => utils.mailboxes.invalidate() })}
        >
          {check.isPending ? 'Looking up the records' : 'Check the records'}
        </Button>
        {check.error && (
          <p role="alert" className="text-failed-ink">
            {messageOf(check.error)}
          </p>
        )}
        <MailboxChecks mailbox={mailbox} names={RECORDS} verb="Looked up" />
      </CardBody>
    </Card>
  )
}
