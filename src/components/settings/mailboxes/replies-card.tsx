import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { LedgerSum } from '@/components/ui/data/ledger'
import type { Mailbox } from '../api-types'

/** What people have written from this mailbox, by what became of it. */
export function RepliesCard({ mailbox: { replies } }: { mailbox: Mailbox }) {
  return (
    <Card aria-labelledby="replies">
      <CardHeader id="replies" title="Replies written" />
      <CardBody className="grid gap-3">
        <LedgerSum
          total={{ label: 'written', count: replies.written }}
          segments={[
            { label: 'sent', count: replies.sent, tone: 'sent' },
            { label: 'pending', count: replies.pending, tone: 'pending' },
            { label: 'sending', count: replies.sending, tone: 'accent' },
            { label: 'held', count: replies.held, tone: 'held' },
            { label: 'failed', count: replies.failed, tone: 'failed' },
            { label: 'taken back', count: replies.cancelled, tone: 'cancelled' },
          ]}
        />
      </CardBody>
    </Card>
  )
}
